import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import type { Product } from './product.ts';
import {
	aCountryHeard,
	aHarvest,
	aMail,
	aMailAtDesk,
	aMailToConfirm,
	aNotice,
	aPaperForm,
	aPhotoOfATable,
	aStage,
	anOrganisation,
	anOrganisationHeard,
	anUnsubscribing,
	askingForACode,
	beingInvited,
	openingANotebook,
	paperAtDesk,
	photosOfTables,
	printingForms,
	sendingAnIdea,
	signingInAsStaff,
	uploadingIdeas,
	uploadingOrganisations,
	uploadingTexts,
	desk,
	talk
} from './reaching.ts';
import type { StaffRole } from './world.ts';
import { secondTalk } from '../examples/synthetic-talk.ts';

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
	'/desk/topics/[topic]/agreement': { path: `${desk}/agreement`, as: 'secretariat' },
	'/desk/topics/[topic]/agreement/groups': { path: `${desk}/agreement/groups`, as: 'secretariat' },
	'/desk/topics/[topic]/audit': { path: `${desk}/audit`, as: 'secretariat' },
	'/desk/topics/[topic]/events': { path: `${desk}/events`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]': { path: `${desk}/events/2`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/captions': { path: `${desk}/events/3/captions`, as: 'moderator' },
	'/desk/topics/[topic]/events/[event]/minutes': { path: `${desk}/events/3/minutes`, as: 'rapporteur' },
	'/desk/topics/[topic]/events/[event]/cafe': { path: `${desk}/events/1/cafe`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/cafe/print': { path: `${desk}/events/1/cafe/print`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/cafe/room': { path: `${desk}/events/1/cafe/room`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/cafe/seating': { path: `${desk}/events/1/cafe/seating`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/cafe/seating/[seating]': {
		path: `${desk}/events/1/cafe/seating/1?round=2`,
		as: 'secretariat'
	},
	'/desk/topics/[topic]/events/[event]/badges': { path: `${desk}/events/1/badges`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/hubs': { path: `${desk}/events/2/hubs`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/people': { path: `${desk}/events/1/people`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/harvest': { path: aHarvest, as: 'rapporteur' },
	'/desk/topics/[topic]/events/[event]/photos': { path: photosOfTables, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/photos/[photo]': { path: aPhotoOfATable, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/plan': { path: `${desk}/events/2/plan`, as: 'secretariat' },
	'/desk/topics/[topic]/events/[event]/polls': { path: `${desk}/events/3/polls`, as: 'moderator' },
	'/desk/topics/[topic]/events/[event]/questions': { path: `${desk}/events/2/questions`, as: 'moderator' },
	'/desk/topics/[topic]/events/[event]/agenda': { path: `${desk}/events/2/agenda`, as: 'moderator' },
	'/desk/topics/[topic]/events/[event]/floor': { path: `${desk}/events/2/floor`, as: 'moderator' },
	'/desk/topics/[topic]/events/[event]/record': { path: `${desk}/events/2/record`, as: 'rapporteur' },
	'/desk/topics/[topic]/events/[event]/remote': { path: `${desk}/events/2/remote`, as: 'moderator' },
	'/desk/topics/[topic]/events/new': { path: `${desk}/events/new`, as: 'secretariat' },
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
	'/desk/topics/[topic]/same-points': { path: `${desk}/same-points`, as: 'rapporteur' },
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
	'/desk/topics/[topic]/themes': { path: `${desk}/themes`, as: 'rapporteur' },
	'/desk/topics/[topic]/webhooks': { path: `${desk}/webhooks`, as: 'secretariat' },
	'/desk/topics/new': { path: '/desk/topics/new', as: 'secretariat' },
	'/first-run': { path: '/first-run', status: 410 },
	'/invitations/[invitation]': { path: '/invitations/', reach: beingInvited },
	'/mail/[token]': { path: aMailToConfirm },
	'/mine': { path: '/mine' },
	'/mine/data': { path: '/mine/data' },
	'/notebook': { path: '/notebook', reach: openingANotebook() },
	'/notebook/offline': { path: '/notebook/offline' },
	'/notebook/second': { path: '/notebook/second', reach: openingANotebook('/second') },
	'/organisations/[organisation]': { path: anOrganisationHeard },
	'/join': { path: '/join' },
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
	'/topics/[topic]/events': { path: `${talk}/events` },
	'/topics/[topic]/events/[event]': { path: `${talk}/events/1` },
	'/topics/[topic]/events/[event]/captions': { path: `${talk}/events/3/captions` },
	'/topics/[topic]/events/[event]/here': { path: `${talk}/events/2/here` },
	'/topics/[topic]/events/[event]/minutes': { path: `${talk}/events/3/minutes` },
	'/topics/[topic]/events/[event]/minutes/suggest': { path: `${talk}/events/3/minutes/suggest?section=1` },
	'/topics/[topic]/events/[event]/screen': { path: `${talk}/events/2/screen` },
	'/topics/[topic]/events/[event]/check-in': { path: `${talk}/events/1/check-in`, as: 'secretariat' },
	'/topics/[topic]/events/[event]/check-in/offline': { path: `${talk}/events/1/check-in/offline` },
	'/topics/[topic]/events/[event]/register': { path: `${talk}/events/4/register` },
	'/topics/[topic]/events/[event]/registration': { path: `${talk}/events/1/registration` },
	'/topics/[topic]/events/[event]/seat': { path: `${talk}/events/1/seat?number=7` },
	'/topics/[topic]/events/[event]/floor': { path: `${talk}/events/2/floor` },
	'/topics/[topic]/events/[event]/phone': { path: `${talk}/events/2/phone` },
	'/topics/[topic]/events/[event]/time': { path: `${talk}/events/1/time?zone=Asia/Tokyo` },
	'/topics/[topic]/events/[event]/wall': { path: `${talk}/events/1/wall` },
	'/topics/[topic]/export': { path: `${talk}/export` },
	'/topics/[topic]/agreement': { path: `/topics/${secondTalk.slug}/agreement` },
	'/topics/[topic]/ideas': { path: `${talk}/ideas` },
	'/topics/[topic]/ideas/[idea]': { path: `${talk}/ideas/1` },
	'/topics/[topic]/ideas/[idea]/comment': { path: `${talk}/ideas/1/comment` },
	'/topics/[topic]/ideas/[idea]/flag': { path: `${talk}/ideas/1/flag` },
	'/topics/[topic]/ideas/[idea]/wording': { path: `${talk}/ideas/1/wording` },
	'/topics/[topic]/ideas/new': { path: `${talk}/ideas/new` },
	'/topics/[topic]/live': { path: `${talk}/live` },
	'/topics/[topic]/me': { path: `${talk}/me` },
	'/topics/[topic]/moderation': { path: `${talk}/moderation` },
	'/topics/[topic]/notices': { path: `${talk}/notices` },
	'/topics/[topic]/agreement/map': { path: `${talk}/agreement/map` },
	'/topics/[topic]/opinions': { path: `${talk}/opinions` },
	'/topics/[topic]/opinions/me': { path: `${talk}/opinions/me` },
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
