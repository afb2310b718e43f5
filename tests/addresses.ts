import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { queueMail } from '#mail/mail.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { inviteByLink } from '#people/invitations/inviting.server.ts';
import { aMailThatCame, aWholeMail } from './mail-in.ts';
import { aPictureThatCame } from './paper.ts';
import type { Product } from './product.ts';
import type { StaffRole } from './world.ts';
import { openTalk } from '../examples/open-talk.ts';

export interface Address {
	/** in the example world; in the form of a function for what has no fixed address there */
	path: string | ((product: Product) => Promise<string>);
	/** for what only one's own doing leads to, a new one for each visit; `prefix` is that of the language ("/ar") */
	reach?: (page: Page, product: Product, prefix: string) => Promise<void>;
	/** it has nothing to show and leads on at once */
	leadsOn?: true;
	/** who sees it at its fullest; a visitor where nobody is named */
	as?: StaffRole;
	/** what it answers, where that is not 200 */
	status?: number;
}

const talk = `/topics/${openTalk.slug}`;
const desk = `/desk/topics/${openTalk.slug}`;

/** An example of each page, so that all of them can be visited: a test fails for a page of the build that is not here. */
export const addresses: Readonly<Record<string, Address>> = {
	'/': { path: '/' },
	'/accessibility': { path: '/accessibility' },
	'/account': { path: '/account', as: 'secretariat' },
	'/account/app': { path: '/account/app', as: 'secretariat' },
	'/account/passkey': { path: '/account/passkey', as: 'secretariat' },
	'/account/tokens': { path: '/account/tokens', as: 'secretariat' },
	'/api': { path: '/api' },
	'/contact': { path: '/contact' },
	'/countries/[country]': { path: aCountryHeard },
	'/data': { path: '/data' },
	'/desk': { path: '/desk', as: 'secretariat' },
	'/desk/activity': { path: '/desk/activity', as: 'secretariat' },
	'/desk/institution': { path: '/desk/institution', as: 'secretariat' },
	'/desk/institution/webhooks': { path: '/desk/institution/webhooks', as: 'secretariat' },
	'/desk/jobs': { path: '/desk/jobs', as: 'administrator' },
	'/desk/mail': { path: '/desk/mail', as: 'administrator' },
	'/desk/mail/[mail]': { path: aMail, as: 'administrator' },
	'/desk/organisations': { path: '/desk/organisations', as: 'secretariat' },
	'/desk/organisations/[organisation]': { path: anOrganisation, as: 'secretariat' },
	'/desk/organisations/sheets': { path: '/desk/organisations/sheets', as: 'secretariat' },
	'/desk/organisations/sheets/[sheet]': { path: '/desk/organisations/sheets/', as: 'secretariat', reach: uploadingOrganisations },
	'/desk/people': { path: '/desk/people', as: 'secretariat' },
	'/desk/staff': { path: '/desk/staff', as: 'administrator' },
	'/desk/topics/[topic]': { path: desk, as: 'secretariat' },
	'/desk/topics/[topic]/activity': { path: `${desk}/activity`, as: 'secretariat' },
	'/desk/topics/[topic]/audit': { path: `${desk}/audit`, as: 'secretariat' },
	'/desk/topics/[topic]/invitations': { path: `${desk}/invitations`, as: 'secretariat' },
	'/desk/topics/[topic]/mail-in': { path: aMailAtDesk, as: 'rapporteur' },
	'/desk/topics/[topic]/moderation': { path: `${desk}/moderation`, as: 'moderator' },
	'/desk/topics/[topic]/moderation/rules': { path: `${desk}/moderation/rules`, as: 'moderator' },
	'/desk/topics/[topic]/notices': { path: `${desk}/notices`, as: 'secretariat' },
	'/desk/topics/[topic]/notices/[notice]': { path: aNotice, as: 'secretariat' },
	'/desk/topics/[topic]/notices/new': { path: `${desk}/notices/new`, as: 'secretariat' },
	'/desk/topics/[topic]/paper': { path: paperAtDesk, as: 'moderator' },
	'/desk/topics/[topic]/paper/forms/[form]': { path: aPaperForm, as: 'moderator' },
	'/desk/topics/[topic]/paper/runs/[run]': { path: `${desk}/paper/runs/1`, as: 'moderator', reach: printingForms },
	'/desk/topics/[topic]/people': { path: `${desk}/people`, as: 'secretariat' },
	'/desk/topics/[topic]/preview': { path: `${desk}/preview`, as: 'secretariat' },
	'/desk/topics/[topic]/report': { path: `${desk}/report`, as: 'rapporteur' },
	'/desk/topics/[topic]/report/[report]': { path: `${desk}/report/1`, as: 'rapporteur' },
	'/desk/topics/[topic]/report/[report]/passages': { path: `${desk}/report/1/passages?paragraph=11`, as: 'rapporteur' },
	'/desk/topics/[topic]/setup': { path: `${desk}/setup`, as: 'secretariat' },
	'/desk/topics/[topic]/setup/promises': { path: `${desk}/setup/promises`, as: 'secretariat' },
	'/desk/topics/[topic]/setup/publish': { path: `${desk}/setup/publish`, as: 'secretariat' },
	'/desk/topics/[topic]/setup/questions': { path: `${desk}/setup/questions`, as: 'secretariat' },
	'/desk/topics/[topic]/setup/stages': { path: `${desk}/setup/stages`, as: 'secretariat' },
	'/desk/topics/[topic]/setup/stages/[stage]': { path: aStage, as: 'secretariat' },
	'/desk/topics/[topic]/sheets': { path: `${desk}/sheets`, as: 'rapporteur' },
	'/desk/topics/[topic]/sheets/[sheet]': { path: `${desk}/sheets/`, as: 'rapporteur', reach: uploadingIdeas },
	'/desk/topics/[topic]/texts': { path: `${desk}/texts`, as: 'rapporteur' },
	'/desk/topics/[topic]/texts/[text]': { path: `${desk}/texts/1`, as: 'rapporteur' },
	'/desk/topics/[topic]/texts/import/[import]': { path: `${desk}/texts/import/`, as: 'rapporteur', reach: uploadingTexts },
	'/desk/topics/[topic]/texts/import': { path: `${desk}/texts/import`, as: 'rapporteur' },
	'/desk/topics/[topic]/texts/meanings': { path: `${desk}/texts/meanings`, as: 'rapporteur' },
	'/desk/topics/[topic]/webhooks': { path: `${desk}/webhooks`, as: 'secretariat' },
	'/desk/topics/new': { path: '/desk/topics/new', as: 'secretariat' },
	'/first-run': { path: '/first-run', status: 410 },
	'/invitations/[invitation]': { path: '/invitations/', reach: beingInvited },
	'/mail/[token]': { path: aMailToConfirm },
	'/mine': { path: '/mine' },
	'/mine/data': { path: '/mine/data' },
	'/organisations/[organisation]': { path: anOrganisationHeard },
	'/paper': { path: '/paper' },
	'/receipts/[receipt]': { path: '/receipts/', reach: sendingAnIdea },
	'/refused/[code]': { path: '/refused/not-allowed', status: 403 },
	'/sign-in': { path: '/sign-in' },
	'/sign-in/code': { path: '/sign-in/code', reach: askingForACode },
	'/sign-in/demo': { path: '/sign-in/demo', leadsOn: true },
	'/sign-in/done': { path: '/sign-in/done', leadsOn: true },
	'/sign-in/provider': { path: '/sign-in/provider', leadsOn: true },
	'/sign-in/second-factor': { path: '/sign-in/second-factor', reach: signingInAsStaff },
	'/style': { path: '/style' },
	'/terms': { path: '/terms' },
	'/topics/[topic]': { path: talk },
	'/topics/[topic]/about-me': { path: `${talk}/about-me?idea=1` },
	'/topics/[topic]/export': { path: `${talk}/export` },
	'/topics/[topic]/ideas': { path: `${talk}/ideas` },
	'/topics/[topic]/ideas/[idea]': { path: `${talk}/ideas/1` },
	'/topics/[topic]/ideas/[idea]/comment': { path: `${talk}/ideas/1/comment` },
	'/topics/[topic]/ideas/[idea]/flag': { path: `${talk}/ideas/1/flag` },
	'/topics/[topic]/ideas/[idea]/wording': { path: `${talk}/ideas/1/wording` },
	'/topics/[topic]/ideas/new': { path: `${talk}/ideas/new` },
	'/topics/[topic]/me': { path: `${talk}/me` },
	'/topics/[topic]/moderation': { path: `${talk}/moderation` },
	'/topics/[topic]/notices': { path: `${talk}/notices` },
	'/topics/[topic]/opinions': { path: `${talk}/opinions` },
	'/topics/[topic]/reports/[report]': { path: `${talk}/reports/1` },
	'/topics/[topic]/rules': { path: `${talk}/rules` },
	'/topics/[topic]/submissions': { path: `${talk}/submissions` },
	'/topics/[topic]/submissions/[submission]': { path: `${talk}/submissions/1` },
	'/topics/[topic]/submissions/[submission]/flag': { path: `${talk}/submissions/1/flag` },
	'/topics/[topic]/submissions/new': { path: `${talk}/submissions/new` },
	'/unsubscribe/[token]': { path: anUnsubscribing }
};

/** Brings a page, signed in as the address wants, to the example of a route. @returns the answer's status */
export async function arriveAt(page: Page, product: Product, route: string, language: Language = 'en'): Promise<number> {
	const address = addresses[route]!;
	const path = typeof address.path === 'string' ? address.path : await address.path(product);
	const expected = pathInLanguage(path, language);
	let status = 200;
	if (address.reach) await address.reach(page, product, pathInLanguage('/', language).replace(/\/$/, ''));
	else status = (await page.goto(expected))?.status() ?? 0;
	assert.ok(page.url().slice(product.address.length).startsWith(expected), `${page.url()} is not ${expected}`);
	return status;
}

async function aStage({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ stageId: string }>(
		`select stage_id as "stageId" from stages join addresses using (topic_id) where slug = $1 order by stage_id limit 1`,
		[openTalk.slug]
	);
	return `${desk}/setup/stages/${rows[0]!.stageId}`;
}

async function anOrganisation({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ id: string }>(
		'select organisation_id as id from organisations order by created_at, id limit 1'
	);
	return `/desk/organisations/${rows[0]!.id}`;
}

async function anOrganisationHeard({ database }: Product): Promise<string> {
	return `/organisations/${(await organisationsHeard(database))[0]!.organisationId}`;
}

async function aCountryHeard({ database }: Product): Promise<string> {
	const { organisationId } = (await organisationsHeard(database))[0]!;
	await database.query(
		`insert into organisation_details (organisation_id, version, country, at)
		select $1, coalesce(max(version), 0) + 1, 'KE', clock_timestamp()
		from organisation_details
		where organisation_id = $1`,
		[organisationId]
	);
	return '/countries/KE';
}

async function aNotice({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from addresses where slug = $1`, [
		openTalk.slug
	]);
	const texts = { title: { en: 'The second stage opens' }, text: { en: 'Come and **read**.' } };
	const whom = { audience: 'everybody', audienceKey: '', isPublic: true } as const;
	const notice = { topicId: rows[0]!.topicId, noticeId: randomUUID(), ...whom, texts };
	return `${desk}/notices/${await saveNotice(database, notice, { kind: 'job', name: 'test' })}`;
}

async function aMail({ database }: Product): Promise<string> {
	const mail = {
		topicId: nilTopic,
		to: 'a@example.org',
		language: 'en',
		kind: 'sign-in-code',
		subject: 'A subject',
		body: 'A text.'
	} as const;
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, mail));
	return `/desk/mail/${mailId}?topic=${nilTopic}`;
}

async function aMailToConfirm(product: Product): Promise<string> {
	return aMailThatCame(product, openTalk.slug, aWholeMail(randomUUID()));
}

async function aMailAtDesk(product: Product): Promise<string> {
	await aMailToConfirm(product);
	return `${desk}/mail-in`;
}

/** With a form that waits, and a picture of which nobody knows what it shows. */
async function paperAtDesk(product: Product): Promise<string> {
	await aPictureThatCame(product, openTalk.slug);
	await aPictureThatCame(product, openTalk.slug, { isForeign: true });
	return `${desk}/paper`;
}

async function aPaperForm(product: Product): Promise<string> {
	return `${desk}/paper/forms/${await aPictureThatCame(product, openTalk.slug)}`;
}

async function printingForms(page: Page, product: Product, prefix: string): Promise<void> {
	await aPictureThatCame(product, openTalk.slug);
	await page.goto(`${prefix}${desk}/paper/runs/1`);
}

async function anUnsubscribing({ database, settings }: Product): Promise<string> {
	const mail = {
		topicId: nilTopic,
		to: 'reader@example.org',
		language: 'en',
		kind: 'news',
		subject: 'News',
		body: 'News.'
	} as const;
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, mail));
	return `/unsubscribe/${(await newsLinks(settings)).token({ topicId: nilTopic, mailId })}`;
}

async function sendingAnIdea(page: Page, _product: Product, prefix: string): Promise<void> {
	await page.goto(`${prefix}${talk}/ideas/new`);
	await page.locator('[name=point]').fill(`An idea of its own, sent at ${new Date().toISOString()}`);
	await page.locator('main form button:not([formaction])').click();
	await page.locator('.receipt, .mistakes').first().waitFor();
	assert.match(page.url(), /\/receipts\//, await page.locator('main').innerText());
}

async function beingInvited(page: Page, { database, address }: Product, prefix: string): Promise<void> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from addresses where slug = $1`, [
		openTalk.slug
	]);
	const words = { topicId: rows[0]!.topicId, role: 'participant', language: 'en', days: 14 } as const;
	const { link } = await inviteByLink(database, words, 5, address, { kind: 'job', name: 'test' });
	await page.goto(prefix + new URL(link).pathname + new URL(link).search);
}

async function uploadingTexts(page: Page, product: Product, prefix: string): Promise<void> {
	await product.startJobs();
	await page.goto(`${prefix}${desk}/texts/import`);
	const texts = { 'one.txt': new TextEncoder().encode('Title: One\n\nThe text of a submission, in a sentence.\n') };
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'texts.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(texts)) });
	await page.locator('main form button').first().click();
	await page.waitForURL(/\/import\/./);
	await previewed(page);
}

async function uploadingIdeas(page: Page, product: Product, prefix: string): Promise<void> {
	await uploadingSheet(
		page,
		product,
		`${prefix}${desk}/sheets`,
		'point,explanation,country\r\nConnect the schools,=1+1,Atlantis\r\n,none,\r\n'
	);
}

async function uploadingOrganisations(page: Page, product: Product, prefix: string): Promise<void> {
	await uploadingSheet(page, product, `${prefix}/desk/organisations/sheets`, 'Name,Country\r\nExampleton Trust,GB\r\n');
}

/** Without script a page does not look again by itself. */
async function previewed(page: Page): Promise<void> {
	for (let looks = 0; looks < 50 && (await page.locator('.facts-table').count()) === 0; looks++) {
		await page.waitForTimeout(300);
		await page.reload();
	}
	await page.locator('.facts-table').waitFor();
}

async function uploadingSheet(page: Page, product: Product, list: string, csv: string): Promise<void> {
	await product.startJobs();
	await page.goto(list);
	await page.locator('input[type=file]').setInputFiles({ name: 'sheet.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.locator('main form button').first().click();
	await page.waitForURL(/\/sheets\/./);
	await previewed(page);
}

async function askingForACode(page: Page, _product: Product, prefix: string): Promise<void> {
	await askFor(page, prefix, `somebody-${Date.now()}@example.org`);
}

/** A member of staff who has shown the mailbox, and not yet the second factor. */
async function signingInAsStaff(page: Page, { database }: Product, prefix: string): Promise<void> {
	await askFor(page, prefix, 'moderator@example.org');
	const { rows } = await database.query<{ subject: string }>(
		`select subject from mails where to_address = 'moderator@example.org' order by queued_at desc limit 1`
	);
	const code = /\d{4} \d{4}/.exec(rows[0]!.subject)?.[0];
	assert.ok(code, 'the subject tells the code');
	await page.locator('input[name=code]').fill(code);
	await page.locator('input[name=code]').press('Enter');
	await page.waitForURL(/\/second-factor|\/account|\/desk/);
	await page.goto(`${prefix}/sign-in/second-factor`);
}

async function askFor(page: Page, prefix: string, email: string): Promise<void> {
	await page.goto(`${prefix}/sign-in`);
	await page.locator('input[name=email]').fill(email);
	await page.locator('input[name=email]').press('Enter');
	await page.waitForURL(/\/sign-in\/code/);
}
