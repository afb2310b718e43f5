import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isAdministrator } from '#activity/staff.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { textsOfThings, writeTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { forgetInstitution, institutionId, institutionThing } from '#topics/institution/institution.server.ts';
import { moved, type Direction } from '#topics/order.ts';

const computeLevelsJob = 'agreement.compute-levels';

/** Adds a stakeholder group, named per language, behind the others. Groups that people stated are never taken away. */
export async function addGroup(
	database: Database | Transaction,
	key: string,
	names: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	await changingGroups(database, actor, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				insert into stakeholder_groups (group_key, position, added_at)
				select $1, coalesce(max(position), 0) + 1, $2
				from stakeholder_groups
				on conflict do nothing`,
			[key, transaction.at]
		);
		if (rowCount === 0) return;
		await writeTexts(transaction, institutionThing, { [fieldOf(key)]: names }, accountOf(actor));
		await recordOf(transaction, actor, 'added-group', { key });
		// consensus needs every group: talks that name none of their own need the new one, too
		await addJob(transaction, computeLevelsJob, { topicId: nilTopic }, { jobKey: computeLevelsJob });
	});
}

/**
 * Names a group in several languages; an empty name gives back the one that every institution begins with. Once somebody has said that they
 * belong to it, a name that stands is not changed any more: it is the word that they agreed to. A language that has none yet can still be
 * added.
 */
export async function nameGroup(
	database: Database | Transaction,
	key: string,
	names: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	await changingGroups(database, actor, async (transaction) => {
		if (!(await groupKeys(transaction)).includes(key)) throw refusal('not-found');
		const field = fieldOf(key);
		const now = (await textsOfThings(transaction, [institutionThing])).get(institutionThing.thingId)?.[field] ?? [];
		const change = Object.entries(names).filter(
			([language, name]) => name !== (now.find((text) => text.language === language)?.text ?? '')
		);
		const keepsHistory = now.length > 0 && change.every(([language]) => !now.some((text) => text.language === language));
		if (change.length > 0 && !keepsHistory && (await groupsStated(transaction)).includes(key)) throw refusal('group-in-use');
		const texts = await writeTexts(transaction, institutionThing, { [field]: Object.fromEntries(change) }, accountOf(actor));
		if (texts.length > 0) await recordOf(transaction, actor, 'named-group', { key, texts });
	});
}

/** Puts a group a place further up or down. In what order groups are offered changes nothing that people stated. */
export async function moveGroup(
	database: Database | Transaction,
	key: string,
	direction: Direction,
	actor: Actor
): Promise<void> {
	await changingGroups(database, actor, async (transaction) => {
		const order = moved(await groupKeys(transaction), key, direction);
		if (!order) return;
		await transaction.query(
			`
				update stakeholder_groups
				set position = given.position
				from unnest($1::text[]) with ordinality as given (group_key, position)
				where stakeholder_groups.group_key = given.group_key`,
			[order]
		);
		await recordOf(transaction, actor, 'moved-group', { key, order });
	});
}

/** The groups of which somebody has said, in any talk, that they belong to them. */
export async function groupsStated(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ key: string }>(
		`
			select group_key as key
			from stakeholder_groups g
			where exists (select from participant_profiles p where g.group_key = any (p.stakeholder_groups))
			order by position, group_key`
	);
	return rows.map(({ key }) => key);
}

/** Two windows change the groups one after the other. */
async function changingGroups(
	database: Database | Transaction,
	actor: Actor,
	work: (transaction: Transaction) => Promise<void>
): Promise<void> {
	if (!isAdministrator(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await transaction.query(`select from institution for update`);
		await work(transaction);
	});
	forgetInstitution(database);
}

async function groupKeys(queryable: Queryable): Promise<string[]> {
	const { rows } = await queryable.query<{ key: string }>(
		`select group_key as key from stakeholder_groups order by position, group_key`
	);
	return rows.map(({ key }) => key);
}

function recordOf(transaction: Transaction, actor: Actor, did: string, details: Readonly<Record<string, unknown>>) {
	return record(transaction, { topicId: nilTopic, actor, did, kind: 'institution', thingId: institutionId, details });
}

function fieldOf(key: string): string {
	return `group-${key}`;
}
