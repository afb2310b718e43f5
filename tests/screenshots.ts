// Pictures of the main pages in docs/screenshots: light, dark, phone, Arabic. To be looked at before a change of the face is called done.
//   npm run screenshots [-- page …] [--mode phone] [--out folder]
// A page is named below, or by its route ("/desk/staff").
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { projectFolder } from '#database/project.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { addresses, arriveAt } from './addresses.ts';
import { aPage, type PageWishes } from './browser.ts';
import { scenes } from './scenes.ts';
import { theExampleWorld } from './world.ts';

const pages: Record<string, string> = {
	home: '/',
	talk: '/topics/[topic]',
	ideas: '/topics/[topic]/ideas',
	idea: '/topics/[topic]/ideas/[idea]',
	agreement: '/topics/[topic]/agreement',
	'opinion-map': '/topics/[topic]/agreement/map',
	'taking-part': '/topics/[topic]/opinions',
	'new-idea': '/topics/[topic]/ideas/new',
	'about-you': '/topics/[topic]/me',
	submission: '/topics/[topic]/submissions/[submission]',
	report: '/topics/[topic]/reports/[report]',
	'sign-in': '/sign-in',
	'moderation-log': '/topics/[topic]/moderation',
	organisation: '/organisations/[organisation]',
	api: '/api',
	desk: '/desk',
	'desk-talk': '/desk/topics/[topic]',
	'desk-set-up': '/desk/topics/[topic]/setup',
	'desk-same-points': '/desk/topics/[topic]/same-points',
	'desk-themes': '/desk/topics/[topic]/themes',
	'desk-moderation': '/desk/topics/[topic]/moderation',
	'desk-sheet': '/desk/topics/[topic]/sheets/[sheet]',
	'desk-mail-in': '/desk/topics/[topic]/mail-in',
	'desk-audit': '/desk/topics/[topic]/audit',
	'desk-notices': '/desk/topics/[topic]/notices/[notice]',
	'desk-paper': '/desk/topics/[topic]/paper',
	'desk-activity': '/desk/topics/[topic]/activity',
	'desk-text': '/desk/topics/[topic]/texts/[text]',
	'desk-report': '/desk/topics/[topic]/report/[report]',
	event: '/topics/[topic]/events/[event]',
	registration: '/topics/[topic]/events/[event]/register',
	'check-in': '/topics/[topic]/events/[event]/check-in',
	join: '/join',
	minutes: '/topics/[topic]/events/[event]/minutes',
	'desk-event': '/desk/topics/[topic]/events/[event]',
	'desk-badges': '/desk/topics/[topic]/events/[event]/badges',
	'desk-seating': '/desk/topics/[topic]/events/[event]/cafe/seating/[seating]',
	'desk-print': '/desk/topics/[topic]/events/[event]/cafe/print',
	'not-found': '/refused/[code]',
	// its idea would stand in the other pictures: the last to be taken
	receipt: '/receipts/[receipt]'
};

const modes: Record<string, PageWishes> = {
	light: {},
	dark: { dark: true },
	phone: { phone: true },
	arabic: { language: 'ar' }
};

// longer pages are cut: the picture shows what a page looks like, not all that it says
const tallest = 1800;

const { values, positionals } = parseArgs({
	options: {
		out: { type: 'string', default: join(projectFolder, 'docs/screenshots') },
		mode: { type: 'string', multiple: true }
	},
	allowPositionals: true
});
await mkdir(values.out, { recursive: true });
const product = await theExampleWorld();

const receipt = 'receipt';
const all = [...Object.keys(pages).filter((name) => name !== receipt), ...Object.keys(scenes), receipt];

for (const name of positionals.length > 0 ? positionals : all) {
	const route = pages[name] ?? name;
	const scene = scenes[name];
	const address = scene ?? addresses[route];
	if (!address) throw new Error(`no page is called ${name}; there are ${all.join(', ')}, and the routes of addresses.ts`);
	for (const mode of values.mode ?? Object.keys(modes)) {
		const file = `${name.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-${mode}.png`;
		test(file, async (t) => {
			const wishes: PageWishes = { product, ...(address.as && { as: address.as }), ...modes[mode] };
			const page = await aPage(t, wishes);
			if (scene) await scene.arrive(page, product, pathInLanguage('/', wishes.language ?? 'en').replace(/\/$/, ''));
			else await arriveAt(page, product, route, wishes.language);
			const height = await page.evaluate(() => document.documentElement.scrollHeight);
			await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.min(height, tallest) });
			await page.screenshot({ path: join(values.out, file) });
		});
	}
}
