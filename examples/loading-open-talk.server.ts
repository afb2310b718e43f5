import { inTransaction, type Database } from '#database/connection.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { opinionOf } from '#ideas/opinions/opinion.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { regionOfCountry } from '#people/regions.ts';
import { promiseDeliverable, setDeliverableState } from '#topics/deliverables.server.ts';
import { addDocument } from '#topics/library.server.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { participantOf, raiseAssurance } from '#topics/participants/participants.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { comments, type ExampleComment } from './comments.ts';
import { heldIdea, ideas, type IdeaInLanguage } from './ideas/ideas.ts';
import { loadEvents } from './loading-events.server.ts';
import { loadSubmissions } from './loading-submissions.server.ts';
import { attributionOf, browserOf, loader, type LoadedTalk, type Loading } from './loader.ts';
import { databaseAt, moveBy, moved, movedDay } from './moving.ts';
import { opinionsOfThePeople } from './opinions.ts';
import { deliverable, library, openTalk, questions, stages } from './open-talk.ts';
import { organisations, people } from './people.ts';

/** The first Open Talk, told in order, each step on its day. */
export async function loadOpenTalk({ database, keys }: Loading): Promise<string> {
	const by = moveBy(new Date(Date.now() + database.clockShift));
	const on = (moment: string) => databaseAt(database, moved(moment, by));
	const { topicId, questionIds } = await loadFrame(on('2013-10-01T10:00:00+02:00'), by);
	await loadPeople(on('2013-10-08T18:30:00+02:00'), keys, topicId);

	const numbers = new Map<string, number>();
	for (const [index, idea] of ideas.entries()) {
		// from the evening of the café on, six or seven a day
		const moment = new Date(Date.parse('2013-10-08T19:00:00+02:00') + index * 3.6 * 3_600_000).toISOString();
		numbers.set(idea.key, await loadIdea({ database: on(moment), keys }, topicId, questionIds, idea));
	}
	const talk: LoadedTalk = { topicId, by, questionIds, numbers };
	await loadOpinions({ database, keys }, talk);
	await loadComments({ database, keys }, talk);
	await loadSubmissions({ database, keys }, talk);
	await loadEvents({ database, keys }, talk);
	await setModerationRule(on('2013-10-20T09:00:00+02:00'), topicId, 'links-held', loader);
	await loadIdea({ database: on('2013-10-21T03:12:00+02:00'), keys }, topicId, questionIds, heldIdea);
	return topicId;
}

async function loadFrame(database: Database, by: number): Promise<Pick<LoadedTalk, 'topicId' | 'questionIds'>> {
	const { title, summary, background, remit, convenor, statement, slug, defaultLanguage, contactEmail } = openTalk;
	const texts = { title, summary, background, remit, convenor, statement };
	const languages = Object.keys(title);
	const { topicId } = await openTopic(database, { texts, defaultLanguage, languages, contactEmail, address: slug }, loader);
	const ids = await setQuestions(
		database,
		topicId,
		questions.map(({ text }) => ({ questionId: null, texts: { text } })),
		loader
	);
	await setStages(
		database,
		topicId,
		stages.map(({ title: name, opens, closes, takes }) => ({
			stageId: null,
			texts: { name },
			zone: openTalk.zone,
			opensAt: moved(opens, by),
			closesAt: moved(closes, by),
			takesIdeas: takes.ideas,
			takesSubmissions: takes.submissions,
			takesComments: takes.comments,
			takesOpinions: takes.opinions
		})),
		loader
	);
	for (const { address, language, title: name } of library) {
		await addDocument(database, topicId, { title: name, language, source: { address } }, loader);
	}
	const { kind, deadline, promised, state, title: name, addressee, meeting } = deliverable;
	const promise = { kind, deadline: movedDay(deadline, by), promised: movedDay(promised, by) };
	const deliverableId = await promiseDeliverable(
		database,
		topicId,
		{ ...promise, texts: { title: name, addressee, meeting } },
		loader
	);
	await setDeliverableState(database, topicId, deliverableId, { state, link: null }, loader);
	await publishTopic(database, topicId, loader);
	const questionIds = Object.fromEntries(questions.map(({ key }, index) => [key, ids[index]!])) as LoadedTalk['questionIds'];
	return { topicId, questionIds };
}

async function loadPeople(database: Database, keys: Loading['keys'], topicId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const ids = await organisationsNamed(
			transaction,
			organisations.map(({ name, country }) => ({ name, country }))
		);
		const idOf = new Map(organisations.map(({ key }, index) => [key, ids[index] ?? null]));
		for (const { number, groups, country, organisation, capacity, reads, assurance } of people) {
			// numbers in the order of the list
			await participantOf(transaction, keys, topicId, browserOf(number));
			const organisationId = organisation ? (idOf.get(organisation) ?? null) : null;
			const profile = { groups, country, region: regionOfCountry(country), organisationId, capacity, reads };
			// the types of a transaction and a database differ in `at` alone, by which the verb joins this transaction
			const participant = await stateProfile(transaction, keys, topicId, browserOf(number), profile);
			await raiseAssurance(transaction, topicId, participant, assurance);
		}
	});
}

async function loadIdea(
	{ database, keys }: Loading,
	topicId: string,
	questionIds: LoadedTalk['questionIds'],
	{ question, author, point, explanation = '', language }: IdeaInLanguage
): Promise<number> {
	const draft = {
		topicId,
		questionId: questionIds[question],
		point,
		explanation,
		sources: '',
		language,
		...attributionOf(people[author - 1]!),
		channel: 'web',
		requestKey: null
	} as const;
	const { number } = await submitIdea(database, keys, draft, browserOf(author));
	return number;
}

/** Each day some people come and give their opinions on all ideas of which they think something. */
async function loadOpinions({ database, keys }: Loading, { topicId, by, numbers }: LoadedTalk): Promise<void> {
	const all = opinionsOfThePeople();
	for (let day = 0; day < 5; day++) {
		const moment = new Date(Date.parse('2013-10-18T20:00:00+02:00') + day * 20 * 3_600_000).toISOString();
		const batcher = new OpinionBatcher(databaseAt(database, moved(moment, by)), keys);
		await Promise.all(
			all
				.filter(({ person }) => person % 5 === day)
				.map(({ person, idea, value }) =>
					batcher.give(topicId, browserOf(person), { ideaNumber: numbers.get(idea)!, opinion: opinionOf(value), seen: 1 })
				)
		);
	}
}

async function loadComments({ database, keys }: Loading, { topicId, by, numbers }: LoadedTalk): Promise<void> {
	let hours = 0;
	const load = async (
		ideaNumber: number,
		{ author, side, text, language, answers: below = [] }: ExampleComment,
		answers: number | null
	) => {
		const moment = new Date(Date.parse('2013-10-18T21:00:00+02:00') + ++hours * 1.9 * 3_600_000).toISOString();
		const draft = { topicId, ideaNumber, answers, side, text, language, ...attributionOf(people[author - 1]!), requestKey: null };
		const { number } = await comment(databaseAt(database, moved(moment, by)), keys, draft, browserOf(author));
		for (const answer of below) await load(ideaNumber, answer, number);
	};
	for (const [key, threads] of Object.entries(comments)) {
		for (const thread of threads) await load(numbers.get(key)!, thread, null);
	}
}
