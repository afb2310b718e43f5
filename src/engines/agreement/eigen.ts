/** Eigenvalues of a symmetric matrix, largest first, each with its vector of length 1. */
export interface Eigen {
	readonly values: Float64Array;
	/** vector of value v at `vectors[v * size + …]` */
	readonly vectors: Float64Array;
}

const mostSweeps = 60;

/**
 * By rotations that make one place after the other 0 (Jacobi 1846); for small matrices, O(size³) a sweep.
 * @param matrix symmetric, row by row; it is used up
 */
export function eigenOf(matrix: Float64Array, size: number): Eigen {
	const vectors = new Float64Array(size * size);
	for (let at = 0; at < size; at++) vectors[at * size + at] = 1;
	for (let sweep = 0; sweep < mostSweeps && !isDiagonal(matrix, size); sweep++)
		for (let row = 0; row < size; row++)
			for (let column = row + 1; column < size; column++) rotate(matrix, vectors, size, row, column);
	const order = [...Array(size).keys()].sort((one, other) => matrix[other * size + other]! - matrix[one * size + one]!);
	const sorted = new Float64Array(size * size);
	order.forEach((from, to) => sorted.set(vectors.subarray(from * size, (from + 1) * size), to * size));
	return { values: Float64Array.from(order, (at) => matrix[at * size + at]!), vectors: sorted };
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
	let [beside, on] = [0, 0];
	for (let row = 0; row < size; row++)
		for (let column = 0; column <= row; column++) {
			const square = matrix[row * size + column]! ** 2;
			if (row === column) on += square;
			else beside += square;
		}
	return beside <= 1e-30 * on;
}

function rotate(matrix: Float64Array, vectors: Float64Array, size: number, row: number, column: number): void {
	const beside = matrix[row * size + column]!;
	if (beside === 0) return;
	const slope = (matrix[column * size + column]! - matrix[row * size + row]!) / (2 * beside);
	const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1));
	const cosine = 1 / Math.sqrt(tangent * tangent + 1);
	const sine = tangent * cosine;
	for (let at = 0; at < size; at++) {
		const [one, other] = [matrix[at * size + row]!, matrix[at * size + column]!];
		matrix[at * size + row] = cosine * one - sine * other;
		matrix[at * size + column] = sine * one + cosine * other;
	}
	for (let at = 0; at < size; at++) {
		const [one, other] = [matrix[row * size + at]!, matrix[column * size + at]!];
		matrix[row * size + at] = cosine * one - sine * other;
		matrix[column * size + at] = sine * one + cosine * other;
		const [left, right] = [vectors[row * size + at]!, vectors[column * size + at]!];
		vectors[row * size + at] = cosine * left - sine * right;
		vectors[column * size + at] = sine * left + cosine * right;
	}
}
