import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { addContributionVersion } from '#contributions/receiving.server.ts';
import { eraseVersions, eraseWords, forgetFollowers, sentBy, wordsEverSaid } from '#contributions/erasing.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { recountAll } from '#ideas/recounting-seen.server.ts';
import { ideaOfTopic, opinionsOfOthers } from '#ideas/one-idea.server.ts';
import { forgetDraws } from '#ideas/opinions/draws.server.ts';
import { eraseFromThemes } from '#ideas/themes/erasing.server.ts';
import { rewordIdea, wholeText, type Wording } from '#ideas/writing.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { concealErased } from '#moderation/deciding.server.ts';
import { forgetFlaggers } from '#moderation/flagging.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { isModeratedKind, type Moderated } from '#moderation/rules.ts';
import { forgetInvited } from '#topics/participants/invited.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { numbersOfPerson, unlinkPerson } from '#topics/participants/unlinking.server.ts';

/** The name of the job that makes erased words unreadable in reports, which lie above this folder. */
export const redactReportsJob = 'reports.redact';

/** The name of the job that forgets what a participant asked in rooms and nobody let through: rooms lie above this folder. */
export const forgetAskerJob = 'townhalls.forget-asker';

/** The name of the job that forgets the photo from which a note was typed: the words stand there in somebody's hand. */
export const forgetPhotoJob = 'cafes.forget-photo';

/** Erases all that the person behind the participant sent in the topic, and the link to them. Their opinions stay counted, as nobody's. */
export async function erasePerson(
	transaction: Transaction,
	keys: TopicKeys,
	topicId: string,
	participantNumber: number,
	actor: Actor
): Promise<string[]> {
	const numbers = await numbersOfPerson(transaction, topicId, participantNumber);
	const contributionIds = await sentBy(transaction, topicId, numbers);
	await eraseTexts(transaction, topicId, contributionIds, actor);
	await forgetFlaggers(transaction, topicId, numbers);
	await forgetFollowers(transaction, topicId, numbers);
	await forgetDraws(transaction, topicId, numbers);
	await forgetInvited(transaction, keys, topicId, numbers);
	for (const number of numbers)
		await addJob(transaction, forgetAskerJob, { topicId, number }, { jobKey: `forget asker ${topicId} ${number}` });
	await unlinkPerson(transaction, topicId, numbers);
	return contributionIds;
}

/**
 * Erases texts for good, and with them the words that rest on theirs alone: wordings suggested for an erased idea, ideas drawn from an
 * erased text in its own words. Numbers, threads and counts stay, so that nothing that hangs on them falls.
 */
export async function eraseTexts(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	actor: Actor
): Promise<void> {
	const { rows } = await transaction.query<{ id: string; kind: string }>(
		`select contribution_id as id, kind
		from contributions c
		where topic_id = $1 and contribution_id = any ($2::uuid[])
			or topic_id = $1 and contribution_id in (
				select s.contribution_id
				from wording_suggestions s
				join ideas i using (topic_id, idea_number)
				where s.topic_id = $1 and i.idea_id = any ($2::uuid[])
					-- one that became an idea of its own is no more about this one's words
					and not exists (select from ideas own where own.topic_id = s.topic_id and own.idea_id = s.suggestion_id))
		order by contribution_id`,
		[topicId, contributionIds]
	);
	for (const { id, kind } of rows) {
		await lockThing(transaction, { topicId, thingId: id });
		await eraseDrawnFrom(transaction, topicId, id);
		if (kind === 'note') await addJob(transaction, forgetPhotoJob, { topicId, noteId: id }, { jobKey: `forget photo ${id}` });
		if (kind === 'suggestion') await eraseTakenOver(transaction, topicId, id);
		await eraseIdea(transaction, topicId, id);
		if (isModeratedKind(kind)) await conceal(transaction, { topicId, kind, thingId: id });
	}
	const ids = rows.map(({ id }) => id);
	// an author whom staff brought in with the text: nobody else will ever ask for what it said of them
	const broughtIn = await unlinkedAuthors(transaction, topicId, ids);
	const erased = await eraseWords(transaction, topicId, ids, accountOf(actor));
	await unlinkPerson(transaction, topicId, broughtIn);
	for (const { id, kind } of rows.filter(({ id }) => erased.includes(id))) {
		await record(transaction, { topicId, actor, did: 'erased', kind, thingId: id });
		await redactReports(transaction, topicId, id);
	}
}

/** Participants whom nothing leads to a person, and who sent these texts and no others. */
async function unlinkedAuthors(transaction: Transaction, topicId: string, contributionIds: readonly string[]): Promise<number[]> {
	const { rows } = await transaction.query<{ number: number }>(
		`select participant_number as number
		from contributions c
		where topic_id = $1 and participant_number is not null and participant_number in (
				select participant_number from contributions where topic_id = $1 and contribution_id = any ($2::uuid[]))
			and not exists (
				select from participant_links l where l.topic_id = c.topic_id and l.participant_number = c.participant_number)
			and not exists (
				select from participant_joins j
				where j.topic_id = c.topic_id and c.participant_number in (j.participant_number, j.into_number))
		group by participant_number
		having bool_and(contribution_id = any ($2::uuid[]))
		order by number`,
		[topicId, contributionIds]
	);
	return rows.map(({ number }) => number);
}

/** The idea of this id, if there is one: its wordings, what the search knows of it, and whose it was. */
async function eraseIdea(transaction: Transaction, topicId: string, ideaId: string): Promise<void> {
	const { rows } = await transaction.query<{ number: number }>(
		`update ideas
		set participant_number = null, profile_number = null, attribution = 'anonymous', stakeholder_groups = '{}', region = null
		where topic_id = $1 and idea_id = $2
		returning idea_number as number`,
		[topicId, ideaId]
	);
	const idea = rows[0];
	if (!idea) return;
	const of = `where topic_id = $1 and idea_number = $2`;
	await transaction.query(`delete from idea_groups ${of}`, [topicId, idea.number]);
	await transaction.query(`update idea_versions set point = '', explanation = '', sources = '' ${of}`, [topicId, idea.number]);
	await transaction.query(`update idea_search set words = '' ${of}`, [topicId, idea.number]);
	await eraseFromThemes(transaction, topicId, idea.number);
	await conceal(transaction, { topicId, kind: 'idea', thingId: ideaId });
	await redactReports(transaction, topicId, ideaId);
}

/** Ideas that a rapporteur drew from the text: they are nobody's from now on, and those in its own words go with it. */
async function eraseDrawnFrom(transaction: Transaction, topicId: string, contributionId: string): Promise<void> {
	const { rows } = await transaction.query<{ id: string; number: number; wordings: Wording[]; quotes: string[] }>(
		`select i.idea_id as id, i.idea_number as number, json_agg(distinct p.quote) as quotes, (
				select json_agg(json_build_object('point', v.point, 'explanation', v.explanation, 'sources', v.sources))
				from idea_versions v
				where v.topic_id = i.topic_id and v.idea_number = i.idea_number
			) as wordings
		from ideas i
		join stances s on s.topic_id = i.topic_id and s.idea_number = i.idea_number and s.stance = 'raises'
		join passages p on p.topic_id = s.topic_id and p.passage_id = s.passage_id
		where i.topic_id = $1 and p.contribution_id = $2 and i.contribution_id is null
		group by i.topic_id, i.idea_id, i.idea_number
		order by i.idea_number`,
		[topicId, contributionId]
	);
	const texts = (await wordsEverSaid(transaction, topicId, contributionId)).map(plain);
	for (const { id, number, wordings, quotes } of rows) {
		await transaction.query(
			`update ideas set participant_number = null, profile_number = null, attribution = 'anonymous'
			where topic_id = $1 and idea_number = $2`,
			[topicId, number]
		);
		if (wordings.some((wording) => repeats(wording, texts, quotes.map(plain)))) await eraseIdea(transaction, topicId, id);
	}
}

function repeats({ point, explanation }: Wording, texts: readonly string[], quotes: readonly string[]): boolean {
	const said = [point, explanation].map(plain).filter((words) => words !== '');
	return said.some((words) => texts.some((text) => text.includes(words)) || quotes.some((quote) => words.includes(quote)));
}

function plain(text: string): string {
	return text.replace(/\s+/gu, ' ').trim().toLowerCase();
}

/**
 * A suggested wording, and where the idea's author took it over: the idea goes back to the wording before it, unless others have given
 * their opinion on these very words, which no other words may stand for.
 */
async function eraseTakenOver(transaction: Transaction, topicId: string, suggestionId: string): Promise<void> {
	const { rows } = await transaction.query<{ number: number; versions: number[] | null }>(
		`select s.idea_number as number, (
				select array_agg(v.version order by v.version)
				from idea_versions v
				where v.topic_id = s.topic_id and v.idea_number = s.idea_number and v.version > 1
					and v.point = s.point and v.explanation = s.explanation
			) as versions
		from wording_suggestions s
		where s.topic_id = $1 and s.suggestion_id = $2 and s.point <> ''`,
		[topicId, suggestionId]
	);
	await transaction.query(
		`update wording_suggestions set point = '', explanation = ''
		where topic_id = $1 and suggestion_id = $2`,
		[topicId, suggestionId]
	);
	const taken = rows[0]?.versions;
	if (!rows[0] || !taken) return;
	const { id, contributionId } = await ideaOfTopic(transaction, topicId, rows[0].number);
	await lockThing(transaction, { topicId, thingId: id });
	const idea = await ideaOfTopic(transaction, topicId, rows[0].number);
	// its author's receipt shows the wordings too
	if (contributionId !== null) await eraseVersions(transaction, { topicId, contributionId, versions: taken });
	if ((await opinionsOfOthers(transaction, idea, { lock: true })) > 0) return eraseIdea(transaction, topicId, id);
	if (taken.includes(idea.version)) {
		const { rows: before } = await transaction.query<Wording>(
			`select point, explanation, sources
			from idea_versions
			where topic_id = $1 and idea_number = $2 and version <> all ($3::int[])
			order by version desc
			limit 1`,
			[topicId, idea.number, taken]
		);
		const version = idea.version + 1;
		await rewordIdea(transaction, { ...idea, version }, before[0]!);
		const { language } = idea;
		const text = wholeText(before[0]!);
		if (contributionId !== null) await addContributionVersion(transaction, { topicId, contributionId, version, text, language });
	}
	await transaction.query(
		`update idea_versions set point = '', explanation = ''
		where topic_id = $1 and idea_number = $2 and version = any ($3::int[])`,
		[topicId, idea.number, taken]
	);
	await redactReports(transaction, topicId, id);
}

async function conceal(transaction: Transaction, thing: Moderated): Promise<void> {
	const change = await concealErased(transaction, thing);
	await recountAll(transaction, thing.topicId, [{ ...thing, change }]);
}

/** Asks for what reports quote of the thing, and cannot any more, to be made unreadable. */
export async function redactReports(transaction: Transaction, topicId: string, thingId: string): Promise<void> {
	await addJob(transaction, redactReportsJob, { topicId, thingId }, { jobKey: `redact ${thingId}` });
}
