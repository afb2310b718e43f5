import { dot, normalise, takeOut, type Centred, type Components } from './components.ts';
import { eigenOf } from './eigen.ts';

const mostSteps = 100;
const stepsBetweenLooks = 4;

/**
 * The first two principal components, from a fixed start to a fixed precision: power iteration that forgets nothing. All vectors it passes
 * through are kept (at right angles), and the best directions within what they span are taken instead of the last vector (Lanczos 1950).
 * Where the second and third direction are nearly as wide as each other a hundred plain steps have not settled, and what they end at
 * depends on where they began; here some twenty steps reach the precision. A step costs O(opinions).
 *
 * The sign of a direction says nothing: its largest share is positive, of equals the first idea's.
 * @param precision how far the matrix may still turn a direction, relative to its width
 */
export function principalComponents(centred: Centred, precision = 1e-9): Components {
	const { means, taking } = centred;
	const ideas = means.length;
	const basis: Float64Array[] = [];
	const diagonal: number[] = [];
	const beside: number[] = [];
	let next = startingVector(ideas);
	for (;;) {
		basis.push(next);
		const vector = next;
		next = new Float64Array(ideas);
		centred.product(vector, next);
		diagonal.push(dot(vector, next));
		// twice: what rounding leaves of a direction after the first time is gone after the second
		for (let time = 0; time < 2; time++) for (const earlier of basis) takeOut(next, earlier);
		const rest = normalise(next);
		const isAll = rest <= 1e-12 * Math.max(...diagonal) || basis.length === Math.min(mostSteps, ideas);
		if (isAll || basis.length % stepsBetweenLooks === 0) {
			const { values, vectors } = eigenOf(tridiagonal(diagonal, beside), basis.length);
			const error = (at: number) => Math.abs(rest * vectors[(at + 1) * basis.length - 1]!);
			if (isAll || (basis.length > 1 && Math.max(error(0), error(1)) <= precision * values[0]!)) {
				const direction = (at: number) => combined(basis, values, vectors, at);
				return { means, taking, first: direction(0), second: direction(1) };
			}
		}
		beside.push(rest);
	}
}

/** Not of equal shares, which could be at a right angle to what is sought; golden-ratio steps never repeat. */
function startingVector(ideas: number): Float64Array {
	const vector = Float64Array.from({ length: ideas }, (_, idea) => 0.5 + ((idea * 0.6180339887498949) % 1));
	normalise(vector);
	return vector;
}

function tridiagonal(diagonal: readonly number[], beside: readonly number[]): Float64Array {
	const size = diagonal.length;
	const matrix = new Float64Array(size * size);
	for (let at = 0; at < size; at++) {
		matrix[at * size + at] = diagonal[at]!;
		if (at + 1 === size) continue;
		matrix[at * size + at + 1] = beside[at]!;
		matrix[(at + 1) * size + at] = beside[at]!;
	}
	return matrix;
}

function combined(basis: readonly Float64Array[], values: Float64Array, vectors: Float64Array, at: number): Float64Array {
	const direction = new Float64Array(basis[0]?.length ?? 0);
	// along a direction of no width people do not differ
	if (at >= basis.length || values[at]! <= 1e-12 * values[0]!) return direction;
	basis.forEach((vector, step) => {
		const share = vectors[at * basis.length + step]!;
		for (let idea = 0; idea < direction.length; idea++) direction[idea]! += share * vector[idea]!;
	});
	normalise(direction);
	let largest = 0;
	for (let idea = 1; idea < direction.length; idea++)
		if (Math.abs(direction[idea]!) > Math.abs(direction[largest]!) + 1e-9) largest = idea;
	if (direction[largest]! < 0) for (let idea = 0; idea < direction.length; idea++) direction[idea] = -direction[idea]!;
	return direction;
}
