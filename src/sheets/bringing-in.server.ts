import { nextNumber, record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { bringInSubmissions } from '#contributions/bringing-in.server.ts';
import { nilTopic, type Transaction } from '#database/connection.server.ts';
import { bringInIdeas } from '#ideas/bringing-in-ideas.server.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { inviteGuests } from '#people/invitations/inviting.server.ts';
import { mayInvite, mayLookAfterOrganisations } from '#people/may.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { bringInOrganisations } from '#people/organisations/bringing-in.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { draftsOfKind, type Fresh, type IdeaOfSheet, type InvitationOfSheet, type SubmissionOfSheet } from '#sheets/drafts.ts';
import { keysKnown, remember } from '#sheets/remembering.server.ts';
import type { SheetKind } from '#sheets/sheet.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { topicOf } from '#topics/reading.server.ts';

export interface BringingIn {
	/** the nil topic for organisations */
	readonly topicId: string;
	readonly kind: SheetKind;
	/** where links in mails lead */
	readonly origin: string;
	readonly progress?: (done: number, total: number) => Promise<void>;
}

export function mayBringIn(actor: Actor, kind: SheetKind, topicId: string): boolean {
	if (kind === 'organisations') return mayLookAfterOrganisations(actor);
	return kind === 'invitations' ? mayInvite(actor, 'participant') : isRapporteur(actor, topicId);
}

/** Everything that is not there yet, in one transaction: all of it or nothing. Returns how many came in. */
export async function bringIn(
	transaction: Transaction,
	wishes: BringingIn,
	fresh: readonly Fresh[],
	actor: Actor,
	sheetId: string | null = null
): Promise<number> {
	const { topicId, kind } = wishes;
	if (!mayBringIn(actor, kind, topicId)) throw refusal('not-allowed');
	if (topicId !== nilTopic && (await topicOf(transaction, topicId)).archivedAt !== null) throw refusal('topic-archived');
	const added = await write(transaction, wishes, fresh, actor);
	await record(transaction, {
		...{ topicId, actor, did: 'brought in', kind: 'sheet', thingId: sheetId },
		details: { kind, added }
	});
	return added;
}

function write(
	transaction: Transaction,
	{ topicId, kind, origin, progress }: BringingIn,
	fresh: readonly Fresh[],
	actor: Actor
): Promise<number> {
	const report = (done: number) => progress?.(done, fresh.length) ?? Promise.resolve();
	switch (kind) {
		case 'ideas':
			return writeIdeas(transaction, topicId, draftsOfKind(fresh, kind), report);
		case 'submissions':
			return writeSubmissions(transaction, topicId, draftsOfKind(fresh, kind));
		case 'invitations': {
			const guests = draftsOfKind(fresh, kind).map(({ thing }) => thing);
			return invite(transaction, { topicId, origin, report }, guests, actor);
		}
		case 'organisations': {
			const organisations = draftsOfKind(fresh, kind).map(({ thing }) => ({ ...thing, kind: thing.organisationKind }));
			return bringInOrganisations(transaction, organisations, actor, report);
		}
	}
}

async function writeIdeas(
	transaction: Transaction,
	topicId: string,
	fresh: readonly Fresh<IdeaOfSheet>[],
	report: Reporting
): Promise<number> {
	const authored = await withAuthors(transaction, topicId, fresh);
	const ideas = [];
	for (const { thing, participant } of authored) {
		const language = thing.language ?? (await detectLanguage(`${thing.point}\n${thing.explanation}`));
		ideas.push({ ...thing, language, questionId: thing.question?.questionId ?? null, participant });
	}
	const made = await bringInIdeas(transaction, topicId, ideas, report);
	const [keys, ids] = [authored.map(({ key }) => key), made.map(({ ideaId }) => ideaId)];
	await remember(transaction, topicId, keys, ids);
	return made.length;
}

async function writeSubmissions(
	transaction: Transaction,
	topicId: string,
	fresh: readonly Fresh<SubmissionOfSheet>[]
): Promise<number> {
	const authored = await withAuthors(transaction, topicId, fresh);
	const texts = [];
	for (const { thing, participant } of authored) {
		const language = thing.language ?? (await detectLanguage(thing.text));
		const { organisation: organisationAsWritten, question } = thing;
		texts.push({ ...thing, language, organisationAsWritten, questionId: question?.questionId ?? null, participant });
	}
	const ids = await bringInSubmissions(transaction, topicId, texts);
	const keys = authored.map(({ key }) => key);
	await remember(transaction, topicId, keys, ids);
	return ids.length;
}

async function invite(
	transaction: Transaction,
	{ topicId, origin, report }: { topicId: string; origin: string; report: Reporting },
	people: readonly InvitationOfSheet[],
	actor: Actor
): Promise<number> {
	const { defaultLanguage } = await topicOf(transaction, topicId);
	const organisations = await organisationsNamed(
		transaction,
		people.map(({ organisation }) => ({ name: organisation, country: null }))
	);
	const guests = people.map(({ email, role, groups, region, language }, index) => {
		const organisationId = organisations[index] ?? null;
		return { email, role, group: groups[0] ?? null, region, organisationId, language: ofOurs(language, defaultLanguage) };
	});
	return inviteGuests(transaction, { topicId, days: daysToAnswer, origin, progress: report }, guests, actor);
}

// as the form of invitations proposes
const daysToAnswer = 30;

function ofOurs(tag: string | null, otherwise: string): Language {
	const own = (tag ?? otherwise).split('-')[0];
	return isLanguage(own) ? own : 'en';
}

type Reporting = (done: number) => Promise<void>;

interface Authored<Said> {
	readonly key: Buffer;
	readonly thing: Said;
	readonly participant: { readonly number: number; readonly profile: number } | null;
}

/**
 * What no other import added meanwhile, with a participant for each row that says something of its author. Organisations are locked before
 * participants, as wherever both are.
 */
async function withAuthors<Said extends IdeaOfSheet | SubmissionOfSheet>(
	transaction: Transaction,
	topicId: string,
	fresh: readonly Fresh<Said>[]
): Promise<Authored<Said>[]> {
	const organisations = await organisationsNamed(
		transaction,
		fresh.map(({ thing: { organisation, country } }) => ({ name: organisation, country }))
	);
	// a second import into the same topic waits here, and then finds what this one added
	await nextNumber(transaction, topicId, 'participants', 0);
	const keyed = fresh.flatMap(({ thing, key }, index) =>
		key === null ? [] : [{ thing, key, organisationId: organisations[index] ?? null }]
	);
	const known = await keysKnown(
		transaction,
		topicId,
		keyed.map(({ key }) => key)
	);
	const wanted = keyed.filter(({ key }) => !known.has(key.toString('hex')));
	const stating = wanted.filter(({ thing }) => thing.attribution !== 'anonymous');
	const participants = await bringInParticipants(
		transaction,
		topicId,
		stating.map(({ thing: { groups, country, region }, organisationId }) => {
			return { groups, country, region, organisationId, capacity: null, reads: [] };
		})
	);
	const madeFor = new Map(stating.map(({ thing }, index) => [thing, participants[index] ?? null]));
	return wanted.map(({ thing, key }) => ({ thing, key, participant: madeFor.get(thing) ?? null }));
}
