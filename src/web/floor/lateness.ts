import type { Say } from '#languages/speaking.ts';

/** How late an agenda is, in words. */
export function lateInWords(lateBy: number, say: Say): string {
	if (lateBy === 0) return say('agenda.on-time');
	return say(lateBy > 0 ? 'agenda.late' : 'agenda.early', { count: Math.abs(lateBy) });
}
