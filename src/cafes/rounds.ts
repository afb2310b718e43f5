import type { CafeRound } from '#cafes/cafe.ts';

/** A round was begun, made longer or ended; rows in their order, which is never changed. */
export interface RoundTurn {
	readonly roundNumber: number;
	readonly did: 'begun' | 'prolonged' | 'ended';
	/** what it is to last, or what was added; null where it ended */
	readonly minutes: number | null;
	readonly isRehearsal: boolean;
	readonly at: Date;
}

export interface RunningRound {
	readonly roundNumber: number;
	readonly begunAt: Date;
	/** when its time is over; it goes on until somebody ends it */
	readonly endsAt: Date;
	readonly isRehearsal: boolean;
}

/** The round that is on; null before the first, between two and after the last. A round that was begun ends the one before. */
export function roundOn(turns: readonly RoundTurn[]): RunningRound | null {
	return turns.reduce<RunningRound | null>((on, { roundNumber, did, minutes, isRehearsal, at }) => {
		if (did === 'begun') return { roundNumber, begunAt: at, endsAt: later(at, minutes ?? 0), isRehearsal };
		return did === 'prolonged' && on ? { ...on, endsAt: later(on.endsAt, minutes ?? 0) } : null;
	}, null);
}

/** How many rounds were begun, the one that is on among them; rehearsals are none. */
export function roundsHeld(turns: readonly RoundTurn[]): number {
	return turns.reduce((held, { isRehearsal, roundNumber }) => (isRehearsal ? held : Math.max(held, roundNumber)), 0);
}

/** The round that comes next; null after the last. During a rehearsal, the next of the rehearsal. */
export function nextRound(rounds: readonly CafeRound[], turns: readonly RoundTurn[]): CafeRound | null {
	const on = roundOn(turns);
	const after = on?.isRehearsal ? on.roundNumber : roundsHeld(turns);
	return rounds[after] ?? null;
}

/**
 * Whether this round may begin now: the next, or once more the last one held, where it was ended too early. A rehearsal may take any round, until a
 * first one was held.
 */
export function mayBegin(turns: readonly RoundTurn[], roundNumber: number, isRehearsal: boolean): boolean {
	const held = roundsHeld(turns);
	const on = roundOn(turns);
	if (isRehearsal) return held === 0;
	if (on && !on.isRehearsal && on.roundNumber === roundNumber) return false;
	return roundNumber === held + 1 || (roundNumber === held && held > 0);
}

function later(at: Date, minutes: number): Date {
	return new Date(at.getTime() + minutes * 60_000);
}
