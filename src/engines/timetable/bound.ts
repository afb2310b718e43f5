import type { Highs } from 'highs';
import type { Cost } from './draft.ts';
import { gridOf } from './grid.ts';
import { checkTimetable, type TimetableInput } from './input.ts';
import { modelOf, type LinearModel } from './model.ts';

export interface Bound {
	/** 'bounded': no timetable with everything laid and nothing broken costs less; 'impossible': there is none; 'unknown': time was over */
	readonly kind: 'bounded' | 'impossible' | 'unknown';
	/** 0 where it is not known */
	readonly cost: number;
}

/**
 * What no timetable can cost less than, by the linear relaxation of model.ts.
 * @param highs loaded by whoever asks; it blocks its thread while it solves
 * @param wishes.seconds after which it gives up. `whole` solves the model in whole numbers instead: slower by far, and the bound is then the best that any
 * timetable of the model costs, as far as time allowed
 * @throws UnfitTimetable where the input is no programme at all
 */
export function lowerBound(input: TimetableInput, highs: Highs, { seconds = 60, whole = false } = {}): Bound {
	checkTimetable(input);
	return solved(highs, modelOf(gridOf(input)), { seconds, whole });
}

/** By how much of the bound the cost may be above the best; 0: proven best. null: nothing is proven. */
export function provenWithin({ broken, waiting, soft }: Cost, bound: Bound): number | null {
	if (bound.kind !== 'bounded' || broken > 0 || waiting > 0) return null;
	const above = soft - bound.cost;
	if (above <= 1e-4) return 0;
	return bound.cost > 0 ? above / bound.cost : null;
}

interface Solving {
	readonly seconds: number;
	readonly whole: boolean;
}

export function solved(highs: Highs, linear: LinearModel, { seconds, whole }: Solving): Bound {
	const { modelStatus } = highs.constants;
	return highs.withModel(dataOf(linear, whole), (model): Bound => {
		model.options.set({ output_flag: false, time_limit: seconds });
		model.run();
		const status = model.getModelStatus();
		if (status === modelStatus.infeasible) return { kind: 'impossible', cost: 0 };
		// the solver is right to seven digits
		const down = (cost: number) => Math.max(0, Math.floor(cost * 1e4 + 1e-2) / 1e4);
		if (status === modelStatus.optimal && !whole) return { kind: 'bounded', cost: down(model.getObjectiveValue()) };
		const proven = whole ? model.info.get('mip_dual_bound') : 0;
		if (typeof proven === 'number' && Number.isFinite(proven) && whole) return { kind: 'bounded', cost: down(proven) };
		return { kind: 'unknown', cost: 0 };
	});
}

export function dataOf(
	{ cost, upper, isWhole, rowLower, rowUpper, starts, indices, values, rules }: LinearModel,
	whole: boolean
) {
	const [numCols, numRows] = [cost.length, rules.length];
	return {
		...{ numCols, numRows, rowLower, rowUpper },
		...{ colCost: cost, colLower: new Float64Array(numCols), colUpper: upper },
		matrix: { format: 'csc' as const, numRows, numCols, starts, indices, values },
		...(whole ? { integrality: isWhole } : {})
	};
}
