import type { Actor } from '#activity/actor.ts';
import { markRead } from '#contributions/reading.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import type { Span } from '#contributions/passages/passage.ts';
import { attachPassages } from '#ideas/drawing/drawing.server.ts';
import { accountByEmail } from '#people/accounts.server.ts';
import { attributionOf, browserOf, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moved } from './moving.ts';
import { people } from './people.ts';
import { staff } from './institution.ts';
import { textOf } from './submissions/submission.ts';
import { submissions } from './submissions/submissions.ts';

/** The long texts, one a day, and what the rapporteur marked in them the day after. The last one is not read to its end. */
export async function loadSubmissions({ database, keys }: Loading, { topicId, by, numbers }: LoadedTalk): Promise<void> {
	const rapporteur = await rapporteurOf(database, topicId);
	for (const [index, submission] of submissions.entries()) {
		const sent = moved('2013-10-12T15:00:00+02:00', by + index * 26 * 3_600_000);
		const { title, language, author } = submission;
		const text = textOf(submission);
		const { contributionId } = await submitText(
			databaseAt(database, sent),
			keys,
			{
				...{ topicId, title, text, file: null, questionId: null, language },
				...attributionOf(people[author - 1]!),
				...{ channel: 'web', requestKey: null }
			},
			browserOf(author)
		);
		for (const [step, { quote, stances }] of submission.passages.entries()) {
			const read = databaseAt(database, new Date(sent.getTime() + 20 * 3_600_000 + step * 180_000));
			for (const [stance, idea] of stances) {
				const quotes = [{ part: 0, textVersion: 1, spans: [spanOf(text, quote)] }];
				const drawing = { topicId, contributionId, quotes, requestKey: null };
				await attachPassages(read, drawing, { number: numbers.get(idea)!, stance }, rapporteur);
			}
		}
		if (index === submissions.length - 1) continue;
		const readToTheEnd = databaseAt(database, new Date(sent.getTime() + 21 * 3_600_000));
		await markRead(readToTheEnd, { topicId, contributionId, outcome: 'done' }, rapporteur);
	}
}

function spanOf(text: string, quote: string): Span {
	const starts = [...text.slice(0, text.indexOf(quote))].length;
	return { starts, ends: starts + [...quote].length };
}

/** The account of the example's rapporteur: what is drawn is drawn by somebody. */
export async function rapporteurOf(database: Loading['database'], topicId: string): Promise<Actor> {
	const { email } = staff.find(({ role }) => role === 'rapporteur')!;
	const account = await accountByEmail(database, email);
	if (!account) throw new Error(`the example's rapporteur ${email} has no account`);
	const { accountId } = account;
	return { kind: 'account', accountId, visitorId: null, roles: [{ role: 'rapporteur', topicId }], secondFactor: true };
}
