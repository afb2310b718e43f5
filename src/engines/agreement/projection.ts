import type { Components } from './components.ts';
import type { Matrix } from './matrix.ts';

/** Where each person stands along the two components. */
export interface Positions {
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/**
 * Sparsity-aware projection: the sum over the ideas a person spoke to, made longer by √(ideas / spoken to), so that who said little does not
 * stand in the middle for that alone (Small et al. 2021).
 * @param leftOut of each idea: 1 where it takes no part
 * @param alsoSpoken ideas to which everybody is taken to have spoken, without saying anything (Polis counts those that moderators took out)
 */
export function project(
	{ people, starts, idea, value }: Matrix,
	{ means, first, second, taking }: Components,
	leftOut?: Uint8Array,
	alsoSpoken = 0
): Positions {
	const [x, y] = [new Float64Array(people), new Float64Array(people)];
	const all = taking + alsoSpoken;
	for (let person = 0; person < people; person++) {
		let [along, across, spoken] = [0, 0, alsoSpoken];
		const end = starts[person + 1]!;
		for (let at = starts[person]!; at < end; at++) {
			const said = idea[at]!;
			if (leftOut !== undefined && leftOut[said] === 1) continue;
			const difference = value[at]! - means[said]!;
			along += difference * first[said]!;
			across += difference * second[said]!;
			spoken += 1;
		}
		const longer = Math.sqrt(all / Math.max(1, spoken));
		x[person] = longer * along;
		y[person] = longer * across;
	}
	return { x, y };
}
