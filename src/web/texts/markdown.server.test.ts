import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { markdown, organisersMarkdown, withoutMarks } from './markdown.server.ts';

test('paragraphs, lines, lists, emphasis and links become HTML', () => {
	assert.equal(
		markdown('One *point*,\non two lines.\n\n- **first**\n- second\n\nSee [the report](https://example.org/a?b=1&c=2).'),
		'<p>One <em>point</em>,<br />\non two lines.</p>\n<ul>\n<li><strong>first</strong></li>\n<li>second</li>\n</ul>\n' +
			'<p>See <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">the report</a>.</p>\n'
	);
});

test('a bare address becomes a link, a bare word with a dot does not', () => {
	assert.equal(
		markdown('https://example.org and example.org'),
		'<p><a href="https://example.org" rel="nofollow ugc noopener">https://example.org</a> and example.org</p>\n'
	);
});

test('headings sink below those of the page', () => {
	assert.equal(markdown('# One\n\n## Two\n\n###### Six'), '<h3>One</h3>\n<h4>Two</h4>\n<h5>Six</h5>\n');
	assert.equal(markdown('# One', 2), '<h2>One</h2>\n');
});

test('a picture becomes a link, because readers would fetch it from a foreign host', () => {
	assert.equal(
		markdown('![a *cat*](https://example.org/cat.png)'),
		'<p><a href="https://example.org/cat.png" rel="nofollow ugc noopener">a cat</a></p>\n'
	);
});

test('a table scrolls by itself and can be reached with the keyboard', () => {
	assert.equal(
		markdown('| a |\n|---|\n| b |'),
		'<div class="wide" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>\n'
	);
});

test('a line of dashes is a rule and underlines a heading, however long', () => {
	assert.equal(markdown(`a\n\n${'*'.repeat(80)}\n\nb`), '<p>a</p>\n<hr />\n<p>b</p>\n');
	assert.equal(markdown(`Title\n${'-'.repeat(80)}`), '<h3>Title</h3>\n');
});

const vectors = [
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'<svg/onload=alert(1)>',
	'<iframe srcdoc="<script>alert(1)</script>">',
	'<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
	'[a](javascript:alert(1))',
	'[a](JaVaScRiPt:alert(1))',
	'[a](java\tscript:alert(1))',
	'[a](&#106;avascript:alert(1))',
	'[a](&#x6A;avascript&colon;alert(1))',
	'[a](\u0001javascript:alert(1))',
	'[a](data:text/html;base64,PHNjcmlwdD4=)',
	'[a](vbscript:msgbox)',
	'[a](file:///etc/passwd)',
	'[a](//evil.example)',
	'[a](/topics)',
	'[a](#x)',
	'[a](blob:https://example.org/1)',
	'<javascript:alert(1)>',
	'[a]: javascript:alert(1)\n\n[a]',
	'![a](javascript:alert(1))',
	'![a" onerror="alert(1)](https://example.org/x)',
	'![a](https://example.org/x"onerror="alert(1))',
	'[a](https://example.org "t\\" onmouseover=\\"alert(1)")',
	'[a](https://example.org/"onclick="alert(1))',
	'`<script>`',
	'```html" onclick="x\n<script>alert(1)</script>\n```',
	'<a href="javascript:alert(1)">a</a>',
	'<p style="position:fixed">a</p>',
	'| a |\n|:-:|\n| <b onclick=x> |',
	'<details open ontoggle=alert(1)>'
];

for (const vector of vectors) {
	test(`nothing runs, loads or leads astray: ${JSON.stringify(vector)}`, () => {
		onlyHarmless(markdown(vector));
	});
}

test('nothing runs, loads or leads astray in a thousand random mixtures of such texts', () => {
	const pieces = fc.constantFrom(
		...vectors,
		...vectors.flatMap((vector) => vector.split(/(?<=[([<">])/)),
		'\n',
		'\n\n',
		'> ',
		'- ',
		'|',
		'"',
		"'"
	);
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => onlyHarmless(markdown(parts.join('')))),
		{ numRuns: 1000 }
	);
});

/** Every tag is one of ours, with none but the listed attributes, and every address is http, https or mailto. */
function onlyHarmless(html: string): void {
	const attribute = String.raw` (?:rel="nofollow ugc noopener"|title="[^"<>]*"|start="\d+"|tabindex="0"|class="wide"|href="(?:https?:\/\/|mailto:)[^"<>\s]*")`;
	const tag = new RegExp(
		`^<(?:/?(?:p|br|hr|h[2-6]|strong|em|s|code|pre|blockquote|a|[uo]l|li|div|table|thead|tbody|t[rhd]))(?:${attribute})*(?: /)?>`
	);
	for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) assert.match(html.slice(at), tag);
}

const heavy: Record<string, string> = {
	'quotes within quotes': '>'.repeat(200_000),
	'quotes within quotes, line by line': Array.from({ length: 600 }, (_, depth) => '> '.repeat(depth % 60) + 'a').join('\n'),
	'lists within lists': Array.from({ length: 600 }, (_, depth) => ' '.repeat(2 * (depth % 300)) + '- a')
		.join('\n')
		.slice(0, 200_000),
	'opening brackets': '['.repeat(200_000),
	'opening brackets with words': '[a'.repeat(100_000),
	'links that never close': '[a](<b'.repeat(33_000),
	'pictures within pictures': '!['.repeat(100_000),
	stars: '*'.repeat(200_000),
	'stars with words': '*a '.repeat(66_000),
	'stars and underscores with words': '*a _b '.repeat(33_000),
	'open stars with words': 'a **b'.repeat(40_000),
	backticks: Array.from({ length: 600 }, (_, length) => '`'.repeat(length)).join(' '),
	tildes: '~~a '.repeat(50_000),
	'angle brackets': '<'.repeat(200_000),
	addresses: 'https://example.org/a '.repeat(9_000),
	'an endless address': 'https://' + 'a.'.repeat(100_000),
	'slashes that might be addresses': ':///'.repeat(50_000),
	references: '[a]: b\n'.repeat(28_000),
	tables: '| a '.repeat(300) + '\n' + '|---'.repeat(300) + '\n' + ('|b'.repeat(300) + '\n').repeat(300),
	entities: '&'.repeat(200_000),
	'empty lines': '\n'.repeat(200_000),
	tabs: '\t'.repeat(200_000),
	backslashes: '\\'.repeat(200_000),
	'ordinary prose': 'Governments, the *private sector* and civil society [agree](https://example.org) on one point.\n\n'.repeat(
		2_000
	)
};

for (const [name, text] of Object.entries(heavy)) {
	// each takes less than 100 ms; without the guard, several take minutes, so a second tells the two apart on any machine
	test(`200 kB of ${name} do not hold up the server`, () => {
		const before = process.cpuUsage();
		markdown(text);
		const { user, system } = process.cpuUsage(before);
		assert.ok(user + system < 1_000_000, `${Math.round((user + system) / 1000)} ms`);
	});
}

test('what organisers write is made into the same HTML once and again, for each level of headings', () => {
	const text = '# Why\n\nBecause <b>of</b> [this](https://example.org).';
	for (const level of [2, 3, 2, 3] as const) assert.equal(organisersMarkdown(text, level), markdown(text, level));
});

test('a text without its marks is a line of words', () => {
	assert.equal(withoutMarks('# Title\n\nOne *point* & [two](https://example.org) < three\n'), 'Title One point & two < three');
});
