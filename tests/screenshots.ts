// Pictures of the main pages in docs/screenshots: light, dark, phone, Arabic. To be looked at before a change of the face is called done.
//   npm run screenshots [-- page …]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseArgs } from 'node:util';
import { projectFolder } from '#database/project.server.ts';
import { openTalk } from '../examples/open-talk.ts';
import { secondTalk } from '../examples/synthetic-talk.ts';
import { aPage, type PageWishes } from './browser.ts';
import { theExampleWorld } from './world.ts';

const talk = `/topics/${openTalk.slug}`;
const desk = `/desk/topics/${openTalk.slug}`;

const pages: Record<string, { path: string; as?: PageWishes['as'] }> = {
	home: { path: '/' },
	talk: { path: talk },
	ideas: { path: `${talk}/ideas` },
	idea: { path: `${talk}/ideas/1` },
	'take-part': { path: `${talk}/opinions` },
	'new-idea': { path: `${talk}/ideas/new` },
	'about-you': { path: `${talk}/me` },
	submissions: { path: `${talk}/submissions` },
	submission: { path: `${talk}/submissions/1` },
	report: { path: `${talk}/reports/1` },
	'large-talk': { path: `/topics/${secondTalk.slug}` },
	'large-talk-ideas': { path: `/topics/${secondTalk.slug}/ideas` },
	'sign-in': { path: '/sign-in' },
	account: { path: '/account', as: 'secretariat' },
	accessibility: { path: '/accessibility' },
	desk: { path: '/desk', as: 'secretariat' },
	'desk-institution': { path: '/desk/institution', as: 'secretariat' },
	'desk-new-talk': { path: '/desk/topics/new', as: 'secretariat' },
	'desk-setup': { path: `${desk}/setup`, as: 'secretariat' },
	'desk-stages': { path: `${desk}/setup/stages`, as: 'secretariat' },
	'desk-people': { path: `${desk}/people`, as: 'secretariat' },
	'desk-moderation': { path: `${desk}/moderation`, as: 'moderator' },
	'desk-texts': { path: `${desk}/texts`, as: 'rapporteur' },
	'desk-text': { path: `${desk}/texts/1`, as: 'rapporteur' },
	'desk-report': { path: `${desk}/report/1`, as: 'rapporteur' },
	style: { path: '/style' },
	'not-found': { path: '/nowhere' }
};

const modes: Record<string, PageWishes> = {
	light: {},
	dark: { dark: true },
	phone: { phone: true },
	arabic: { language: 'ar' }
};

// longer pages are cut: the picture shows what a page looks like, not all that it says
const tallest = 2400;

const { values, positionals } = parseArgs({
	options: {
		out: { type: 'string', default: join(projectFolder, 'docs/screenshots') },
		mode: { type: 'string', multiple: true }
	},
	allowPositionals: true
});
const wanted = positionals.length > 0 ? positionals : Object.keys(pages);
await mkdir(values.out, { recursive: true });
const product = await theExampleWorld();

for (const name of wanted) {
	const page = pages[name];
	if (!page) throw new Error(`no page is called ${name}; there are ${Object.keys(pages).join(', ')}`);
	for (const mode of values.mode ?? Object.keys(modes)) test(`${name}-${mode}.png`, (t) => picture(t, name, page, mode));
}

async function picture(t: TestContext, name: string, { path, as }: { path: string; as?: PageWishes['as'] }, mode: string) {
	const wishes: PageWishes = { product, ...(as && { as }), ...modes[mode] };
	const page = await aPage(t, wishes);
	const answer = await page.goto(wishes.language === 'ar' ? `/ar${path === '/' ? '' : path}` : path);
	if (answer?.status() === 404 && name !== 'not-found') return t.skip(`there is no page at ${path}`);
	const { width, height } = await page.evaluate(() => {
		const { clientWidth, scrollHeight } = document.documentElement;
		return { width: clientWidth, height: scrollHeight };
	});
	const clip = { x: 0, y: 0, width, height: Math.min(height, tallest) };
	await page.screenshot({ path: join(values.out, `${name}-${mode}.png`), fullPage: true, clip });
}
