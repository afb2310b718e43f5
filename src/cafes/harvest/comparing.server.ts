import type { NoteOnWall } from '#cafes/harvest/wall.server.ts';
import { inThread, type Told } from '#jobs/threads.server.ts';

/** What the thread is given, and what it tells. */
export interface ComparingWork {
	readonly notes: readonly Pick<NoteOnWall, 'noteId' | 'questionId' | 'text' | 'language'>[];
}
export interface PairFound {
	/** the lower first */
	readonly one: string;
	readonly other: string;
	/** 0 to 1 */
	readonly closeness: number;
	readonly isSure: boolean;
}
export type FromThread = Told<readonly PairFound[]>;

/** Ten thousand notes take less. */
const megabytes = 512;

/** Compares the notes of each question in a thread of its own. */
export async function compareInThread(notes: readonly NoteOnWall[], ending?: AbortSignal): Promise<readonly PairFound[]> {
	const work: ComparingWork = {
		notes: notes.map(({ noteId, questionId, text, language }) => ({ noteId, questionId, text, language }))
	};
	return inThread<readonly PairFound[]>(new URL('./comparing-thread.server.ts', import.meta.url), work, { megabytes, ending });
}
