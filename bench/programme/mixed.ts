import type { Figure } from '../talk/figures.ts';
import { mixedForum } from './instances.ts';
import { measured } from './timetable.ts';

/** 240 sessions of 30, 60 and 90 minutes on a grid of half hours; HiGHS proves in whole numbers what can be had. Seeds 1 to 5, the worst. */
export async function mixed(): Promise<Figure[]> {
	return measured({ bench: 'timetable-mixed', made: mixedForum, seconds: 30, must: '≤ 2', whole: true });
}
