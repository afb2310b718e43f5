import { findGroups } from '#agreement/finding-groups.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { refreshStandings } from '#ideas/standings.server.ts';
import { accountByEmail, makeAccount, rolesOf } from '#people/accounts.server.ts';
import { isInstitutional } from '#people/may.ts';
import { grantRole } from '#people/roles.server.ts';
import { draftReport } from '#reports/drafting/drafting.server.ts';
import { publishReport } from '#reports/publishing.server.ts';
import { changeInstitution, institutionOf } from '#topics/institution/institution.server.ts';
import { institution, staff } from './institution.ts';
import { loader, type Loading } from './loader.ts';
import { loadOpenTalk } from './loading-open-talk.server.ts';
import { loadSyntheticTalk } from './loading-synthetic.server.ts';
import { openTalk } from './open-talk.ts';
import { secondTalk } from './synthetic-talk.ts';

/** Brings in the example world. What is there already stays as it is: loading twice changes nothing. @returns the topics that were added */
export async function loadExamples(loading: Loading): Promise<{ added: string[] }> {
	const { database } = loading;
	await loadInstitution(database);
	await loadStaff(database);
	const added: string[] = [];
	if (!(await isThere(database, secondTalk.slug))) {
		await finish(database, await loadSyntheticTalk(loading));
		added.push(secondTalk.slug);
	}
	if (!(await isThere(database, openTalk.slug))) {
		const topicId = await loadOpenTalk(loading);
		await finish(database, topicId);
		const { number } = await draftReport(database, topicId, { language: 'en' }, loader);
		await publishReport(database, { topicId, number }, loader);
		added.push(openTalk.slug);
	}
	await loadRoles(database);
	return { added };
}

/** What jobs would do within a minute. */
async function finish(database: Database, topicId: string): Promise<void> {
	await refreshStandings(database, topicId);
	await publishCells(database, topicId);
	await findGroups(database, topicId);
}

async function isThere(database: Database, slug: string): Promise<boolean> {
	const { rowCount } = await database.query('select from addresses where slug = $1', [slug]);
	return rowCount > 0;
}

async function loadInstitution(database: Database): Promise<void> {
	const { texts } = await institutionOf(database);
	if (texts['name']?.length) return;
	const { accent, contactEmail, name, terms } = institution;
	await changeInstitution(database, { texts: { name, terms }, accent, contactEmail, zone: openTalk.zone }, loader);
}

async function loadStaff(database: Database): Promise<void> {
	await inTransaction(database, async (transaction) => {
		for (const { email, name, language } of staff) await makeAccount(transaction, { email, name, language });
	});
}

/** The institution's roles once, a topic's in each of the example's topics. */
async function loadRoles(database: Database): Promise<void> {
	const { rows: topics } = await database.query<{ topicId: string }>(
		`select topic_id as "topicId" from addresses where slug = any ($1) order by slug`,
		[[openTalk.slug, secondTalk.slug]]
	);
	for (const { email, role } of staff) {
		const { accountId } = (await accountByEmail(database, email))!;
		const held = await rolesOf(database, accountId);
		const places = isInstitutional(role) ? [nilTopic] : topics.map(({ topicId }) => topicId);
		for (const topicId of places)
			if (!held.some((one) => one.role === role && one.topicId === topicId))
				await grantRole(database, { topicId, accountId, role }, loader);
	}
}
