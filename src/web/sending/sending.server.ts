import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addressOf } from '#contributions/receipts/receipts.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { attributions, type Attribution } from '#contributions/contribution.ts';
import type { Sent } from '#ideas/submitting.server.ts';
import { languageOf } from '#languages/detection.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { usableText } from '#languages/usable.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { whoAsText } from '#web/sending/who.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import type { Openable } from '#topics/stages/stage.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { organisationNameOf, profileOf, stateProfile } from '#topics/participants/stating.server.ts';
import type { Topic } from '#topics/topic.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { localized } from '#web/answering.server.ts';
import { authorByProfile, type AuthorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';

/** What every form for a text of one's own asks beside the text; who somebody is comes by `stateBeside`. */
export const fieldsOfSending = {
	attribution: z.enum(attributions).default('group'),
	name: z.string().default(''),
	language: z.string().max(35).default(''),
	/** made with the page: two clicks, two tabs and the back button send the same one */
	requestKey: z.string().max(100).default('')
};

/** What a page with such a form shows: the talk, whether it takes such texts now, who sends, and the key of this page. */
export async function sendingPage(event: RequestEvent, topic: Topic, what: Openable) {
	const open = opennessOf(topic, momentOf(contextOf(event)))[what];
	return { topic: headOf(topic, event.locals.language), open, ...(await sender(event, topic)), requestKey: uuidv4() };
}

/**
 * Who sends, as they would stand without their name, and what they may say of themselves beside the text.
 * @param typed of a preview: what they say now holds
 */
export async function sender(
	event: Pick<RequestEvent, 'platform' | 'locals'>,
	topic: Pick<Topic, 'topicId' | 'archivedAt'>,
	typed?: FormData
) {
	const { database, keys } = contextOf(event);
	const { actor, say } = event.locals;
	const [institution, participant] = await Promise.all([
		institutionSeen(database),
		topic.archivedAt === null ? seenParticipant(database, keys, topic.topicId, actor) : null
	]);
	const profile = participant ? await profileOf(database, topic.topicId, participant.number) : null;
	const before = {
		groups: profile?.groups ?? [],
		organisation: profile?.organisationId ? await organisationNameOf(database, profile.organisationId) : ''
	};
	const said = typed && saidBeside(typed);
	const named = said && { ...(profile ?? nothingStated), groups: said.groups };
	const line = await authorByProfile(database, { attribution: 'group', name: null }, named ?? profile, institution, say);
	return {
		group: said ? { ...line, organisation: said.organisation || null } : line,
		hasProfile: profile !== null && profile.groups.length > 0,
		who: { ...before, options: groupOptions(institution, say) }
	};
}

/** Keeps what somebody says of themselves beside a text, before the text stands under it; what they left as it was changes nothing. */
export async function stateBeside(event: RequestEvent, { topicId }: Pick<Topic, 'topicId'>, typed: FormData): Promise<void> {
	const said = saidBeside(typed);
	if (said === null) return;
	const { database, keys } = contextOf(event);
	const { actor } = event.locals;
	await inTransaction(database, async (transaction) => {
		const seen = await seenParticipant(transaction, keys, topicId, actor);
		const before = seen ? await profileOf(transaction, topicId, seen.number) : nothingStated;
		const [organisationId = null] = await organisationsNamed(transaction, [{ name: said.organisation, country: before.country }]);
		await stateProfile(transaction, keys, topicId, actor, { ...before, groups: said.groups, organisationId });
	});
}

const beside = z.object({
	groups: z.array(z.string().max(60)).max(20),
	organisation: z
		.string()
		.trim()
		.max(200)
		.transform((name) => usableText(name, { max: 200, what: 'organisation', mayBeEmpty: true }))
});

/** Null: it is what stood there when the form was made, or the form did not ask. */
function saidBeside(typed: FormData): { groups: string[]; organisation: string } | null {
	const before = typed.get('whoBefore');
	if (typeof before !== 'string') return null;
	const read = beside.safeParse({ groups: typed.getAll('groups'), organisation: typed.get('organisation') ?? '' });
	if (!read.success) throw refusal('unusable-text', { reason: 'long', max: 200, what: 'organisation' });
	return whoAsText(read.data) === before ? null : read.data;
}

/** How the author would stand, for a preview. */
export function authorPreviewed(group: AuthorLine, mode: Attribution, name: string | null): AuthorLine {
	const anonymous = { organisation: null, groups: [], region: null };
	return { ...group, ...(mode === 'anonymous' && anonymous), mode, name };
}

/** The questions of a talk in the reader's language, to choose one of. */
export function questionsToChoose({ questions, defaultLanguage }: Topic, language: string) {
	return questions.map(({ number, texts }) => ({ number, text: inLanguage(texts['text'], [language], defaultLanguage) }));
}

/** After something was sent: its pages are made anew, and its receipt says what happens next. */
export function onToReceipt(event: RequestEvent, { slug }: Pick<Topic, 'slug'>, sent: Sent): never {
	if (sent.isNew && !sent.held) contextOf(event).cache.purge([`/topics/${slug}`]);
	redirect(303, localized(event, `/receipts/${addressOf(sent.receipt)}?sent`));
}

/** The author's choice, else what the text looks like on this page. */
export function languageChosen(event: Pick<RequestEvent, 'locals'>, text: string, chosen: string): Promise<string> {
	return languageOf(text, { chosen, page: event.locals.language });
}
