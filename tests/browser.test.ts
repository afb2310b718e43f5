import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows, type PageWishes } from './browser.ts';

/** Pages with one planted mistake each, and one without any. */
const pages: Record<string, string> = {
	'/good':
		'<a href="/good">A long enough link</a><p>Words with <a href="/good">a link</a> in them.</p><button>Go</button><fieldset><legend>One of</legend><label><input type="radio" name="r"> one</label><label><input type="radio" name="r"> two</label></fieldset>',
	'/console': '<script src="/error.js"></script>',
	'/policy': '<p style="color: green">painted</p>',
	'/foreign': '<img src="http://foreign.example/pixel.gif" alt="">',
	'/missing': '<img src="/nothing.png" alt="">',
	'/unlabelled': '<input name="a">',
	'/pale': '<p class="pale">hardly to be read</p>',
	'/wide': '<p class="wide">wide</p>',
	'/before': '<p class="before">never seen whole</p>',
	'/wide-table': '<div class="scroll" tabindex="0"><p class="wide">wide</p></div>',
	'/small': '<button class="small">x</button><button class="small">y</button>',
	'/cut': '<p class="cut">Eight words that are just as wide as this box</p>',
	'/unreachable':
		'<button tabindex="-1">Never</button><a href="/" tabindex="0">Always</a><span role="button" tabindex="0" class="hidden-focus">s</span>',
	'/no-focus': '<button class="no-focus">Where am I</button>',
	'/order': '<button tabindex="2">second</button><button tabindex="1">first</button>',
	'/covered': '<button>under</button><div class="cover"></div>',
	'/trap': '<button id="trap">in</button><button>out</button><script src="/trap.js"></script>'
};
const style = `*{font:16px sans-serif} :focus-visible{outline:3px solid blue} a:not(p a),button,label{display:inline-block;padding:14px;min-width:44px}
input[type=radio]{width:24px;height:24px} .pale{color:#ccc} .wide{width:600px} .before{margin-left:-38px} .scroll{overflow-x:auto} .small{all:unset;display:inline-block;width:10px;height:10px}
.small:focus-visible{outline:3px solid blue} .cut{width:20em;height:1.2em;overflow:hidden;white-space:nowrap} .no-focus:focus-visible{outline:none}
.cover{position:fixed;inset:0;background:white}`;

const server = createServer((request, response) => {
	const path = request.url ?? '/';
	const send = (type: string, body: string, status = 200) =>
		response
			.writeHead(status, {
				'content-type': `${type}; charset=utf-8`,
				'content-security-policy': "default-src 'self'; img-src * data:"
			})
			.end(body);
	if (path === '/style.css') return send('text/css', style);
	if (path === '/error.js') return send('text/javascript', 'console.error("planted"); undefinedFunction()');
	if (path === '/trap.js')
		return send(
			'text/javascript',
			'trap.addEventListener("keydown", (event) => { if (event.key === "Tab") event.preventDefault() })'
		);
	const body = pages[path];
	if (body === undefined) return send('text/plain', 'no', 404);
	send(
		'text/html',
		`<!doctype html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body><main><h1>Page</h1>${body}</main></body></html>`
	);
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
after(() => server.close());
const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

test('a good page passes everything, and its test has no troubles', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/good');
	await accessible(page);
	await reflows(page);
	await endures(page);
	await largeTargets(page);
	await keyboardWalk(page);
});

for (const [path, trouble] of [
	['/console', /planted/],
	['/console', /undefinedFunction is not defined/],
	['/policy', /Content Security Policy/],
	['/foreign', /foreign host: foreign\.example/],
	['/missing', /status of 404: \/nothing\.png/]
] as const) {
	test(`a page that is in trouble fails its test: ${path} ${trouble.source}`, async () => {
		await assert.rejects(visiting(path), trouble);
	});
}

test('a trouble that a test expects does not fail it', async () => {
	await visiting('/missing', { expected: [/status of 404/] });
});

for (const [name, path, check, wrong] of [
	['axe finds a field without a label', '/unlabelled', accessible, /label/],
	['axe finds a text that is too pale', '/pale', accessible, /color-contrast/],
	[
		'what is wider than a phone is found',
		'/wide',
		reflows,
		/class=\\?"wide.* reaches from \d+ to 6\d\d.*the page is as wide as 6/
	],
	['what lies before the start of the page is found', '/before', reflows, /class=\\?"before.* reaches from -30/],
	['a target of 10 pixels is found', '/small', largeTargets, /small.*10 × 10/],
	['text that wider spacing cuts off is found', '/cut', endures, /class=\\?"cut/],
	[
		'a button that the keyboard never reaches is found',
		'/unreachable',
		keyboardWalk,
		/unreached: \[ '<button tabindex="-1">Never/
	],
	['a focus that cannot be seen is found', '/no-focus', keyboardWalk, /unseen: \[ '<button class="no-focus/],
	['an order of its own is found', '/order', keyboardWalk, /outOfOrder: \[ '<button tabindex="2"/],
	['a focus under something else is found', '/covered', keyboardWalk, /covered: \[ '<button>under/],
	['a trap of the keyboard is found', '/trap', keyboardWalk, /the keyboard is trapped in <button id="trap"/]
] as const) {
	test(name, async (t) => {
		const page = await aPage(t, { address });
		await page.goto(path);
		await assert.rejects(check(page), (error: Error) => wrong.test(error.message.replace(/[+\s]+/g, ' ')));
	});
}

test('a region that scrolls by itself may be wide', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/wide-table');
	await reflows(page);
});

test('a page without script, in another language, dark, on a phone is what it says', async (t) => {
	const page = await aPage(t, { address, language: 'ar', javaScript: false, dark: true, phone: true });
	await page.goto('/console');
	const [locale, dark, width] = await page.evaluate(() => [
		navigator.language,
		matchMedia('(prefers-color-scheme: dark)').matches,
		innerWidth
	]);
	assert.deepEqual([String(locale).slice(0, 2), dark, width], ['ar', true, 360]);
});

/** A test of its own, whose end is waited for. */
async function visiting(path: string, wishes: PageWishes = {}): Promise<void> {
	const ends: (() => Promise<void>)[] = [];
	const page = await aPage({ after: (end) => void ends.push(end) }, { address, ...wishes });
	await page.goto(path, { waitUntil: 'networkidle' });
	for (const end of ends) await end();
}
