import { checkSeating, UnfitSeating, type SeatingInput } from '#engines/seating/input.ts';
import { checkPossible } from '#engines/seating/possible.ts';
import { Random } from '#engines/seating/random.ts';
import { roomOf } from '#engines/seating/room.ts';
import { someSeating } from '#engines/seating/start.ts';
import { isolated } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

/** So many names are said; of more, how many. */
const mostNames = 12;

/** Refuses `cafe-unseatable` where nobody can be seated like this, as far as one sees it at once: why, with the names of those whom it concerns. */
export function refuseUnfit(names: ReadonlyMap<string, string>, question: SeatingInput): void {
	try {
		checkSeating(question);
		const room = roomOf(question);
		checkPossible(room);
		someSeating(room, new Random(1));
	} catch (error) {
		if (!(error instanceof UnfitSeating)) throw error;
		const said = error.people.slice(0, mostNames).map((id) => isolated(names.get(id) ?? id));
		throw refusal('cafe-unseatable', {
			// a word of the message's choice
			reason: error.code.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
			...{ names: said.join(', '), more: Math.max(0, error.people.length - mostNames) },
			...{ people: question.people.length, tables: question.tables.length }
		});
	}
}
