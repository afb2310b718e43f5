import { quoteWhole, receiveContribution } from '#contributions/receiving.server.ts';
import { inTransaction, type Transaction } from '#database/connection.server.ts';
import { bringInOpinions } from '#ideas/opinions/bringing-in.server.ts';
import { stanceOf } from '#ideas/stances.server.ts';
import { countIdea, writeIdea } from '#ideas/writing.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import type { Participant } from '#topics/participants/participants.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { loader, type Loading } from './loader.ts';
import { databaseAt } from './moving.ts';
import { openTalk, stages } from './open-talk.ts';
import { syntheticTalk } from './synthetic.ts';
import { secondTalk } from './synthetic-talk.ts';

const day = 24 * 3_600_000;

/** The second talk: three weeks old, open for another week. Its people are linked to nobody. */
export async function loadSyntheticTalk({ database }: Loading): Promise<string> {
	const now = Date.now() + database.clockShift;
	const begun = new Date(now - 21 * day);
	const talk = syntheticTalk();
	return inTransaction(databaseAt(database, begun), async (transaction) => {
		const { topicId, questionIds } = await loadFrame(transaction, begun);
		const participants = await bringInParticipants(
			transaction,
			topicId,
			talk.people.map(({ group, region, assurance }) => ({
				...{ groups: [group], country: null, region, organisationId: null, capacity: null, reads: ['en'], assurance }
			}))
		);
		const numbers: number[] = [];
		for (const { point, question, author } of talk.ideas) {
			numbers.push(await loadIdea(transaction, topicId, questionIds[question]!, point, participants[author - 1]!));
		}
		await bringInOpinions(
			transaction,
			topicId,
			talk.opinions.map(({ person, idea, value }) => ({
				participant: participants[person - 1]!.number,
				profile: 1,
				idea: numbers[idea - 1]!,
				value,
				// people come one after the other over three weeks
				at: new Date(begun.getTime() + (person / talk.people.length) * 20.9 * day)
			}))
		);
		return topicId;
	});
}

async function loadFrame(transaction: Transaction, begun: Date): Promise<{ topicId: string; questionIds: string[] }> {
	const { title, summary, slug, defaultLanguage } = secondTalk;
	const words = { texts: { title, summary }, defaultLanguage, languages: Object.keys(title), address: slug };
	const { topicId } = await openTopic(transaction, words, loader);
	const questionIds = await setQuestions(
		transaction,
		topicId,
		secondTalk.questions.map((text) => ({ questionId: null, texts: { text } })),
		loader
	);
	const open = { takesIdeas: true, takesSubmissions: true, takesComments: true, takesOpinions: 'shown' } as const;
	const closesAt = new Date(begun.getTime() + 28 * day);
	const stage = { stageId: null, texts: { name: stages[0]!.title }, zone: openTalk.zone, opensAt: begun, closesAt, ...open };
	await setStages(transaction, topicId, [stage], loader);
	await publishTopic(transaction, topicId, loader);
	return { topicId, questionIds };
}

async function loadIdea(
	transaction: Transaction,
	topicId: string,
	questionId: string,
	point: string,
	participant: Participant
): Promise<number> {
	const own = { topicId, participant, attribution: 'group', language: 'en' } as const;
	const arriving = { ...own, kind: 'idea', channel: 'web', text: point } as const;
	const { contributionId } = await receiveContribution(transaction, arriving);
	const passageId = await quoteWhole(transaction, { topicId, contributionId, version: 1, text: point });
	const wording = { point, explanation: '', sources: '' };
	const drawn = { drawnBy: null, successorOf: null, channel: 'web' } as const;
	const number = await writeIdea(transaction, {
		...own,
		...wording,
		...drawn,
		ideaId: contributionId,
		contributionId,
		questionId
	});
	await stanceOf(transaction, { topicId, passageId, number, stance: 'raises', by: null });
	await countIdea(transaction, topicId, questionId, 1);
	return number;
}
