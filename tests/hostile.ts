import fc from 'fast-check';
import { Parser } from 'htmlparser2';

/** Stands in every text below, so that it is known again wherever it comes out. */
export const mark = 'zqmark';

// what ends the place in which a text might have been put …
const ways = [
	...[
		'',
		'"',
		"'",
		'`',
		'>',
		'">',
		"'>",
		'"/>',
		'-->',
		']]>',
		'</p>',
		'</title>',
		'</script>',
		'</textarea>',
		'</style>',
		'</select>'
	],
	...['</template>', '<!--', '\u2028', '{{', '${', "');", '\\u003c', '&lt;', '&#60', '\uff1c', '\ufeff', '\u202e', ' =', '\\"']
];
// … and what would then be done there
const acts = [
	...[
		`<script>${mark}()</script>`,
		`<ScRiPt x>${mark}()</sCrIpT >`,
		`<script src=//${mark}.example></script>`,
		`<script/${mark}>`
	],
	...[
		`<img src=x onerror=${mark}()>`,
		`<img/src/onerror="${mark}()"`,
		`<image href=x onerror=${mark}()>`,
		`<svg/onload=${mark}()>`
	],
	...[`<svg><animate onbegin=${mark}() attributeName=x>`, `<svg><use href="data:image/svg+xml,${mark}"/></svg>`],
	...[`<a href="javascript:${mark}()">${mark}</a>`, `<a href=java&#10;script:${mark}()>${mark}`, `<iframe srcdoc="<b>${mark}">`],
	...[
		`<iframe src=javascript:${mark}()>`,
		`<object data="data:text/html,${mark}">`,
		`<embed src=${mark}>`,
		`<base href=//${mark}/>`
	],
	...[
		`<meta http-equiv=refresh content="0;url=//${mark}">`,
		`<link rel=stylesheet href=//${mark}>`,
		`<style>@import"//${mark}"</style>`
	],
	...[
		`<form action=//${mark}><button>${mark}</button></form>`,
		`<input autofocus onfocus=${mark}()>`,
		`<button formaction=//${mark}>`
	],
	...[
		`<details open ontoggle=${mark}()>`,
		`<video><source onerror=${mark}()>`,
		`<body onload=${mark}()>`,
		`<x-${mark} onclick=${mark}()>`
	],
	...[`<math><mtext><style><img title="</style><img src onerror=${mark}()>">`, `<template><script>${mark}()</script></template>`],
	...[
		`<noscript><p title="</noscript><img src onerror=${mark}()>">`,
		`<marquee onstart=${mark}()>`,
		`<textarea autofocus onfocus=${mark}()>`
	],
	...[
		` onmouseover=${mark}() x=`,
		` style=background:url(//${mark}) x=`,
		`javascript:${mark}()`,
		`data:text/html,${mark}`,
		`vbscript:${mark}`
	],
	...[
		`[${mark}](javascript:${mark}())`,
		`![${mark}](x "onerror=${mark}()")`,
		`<javascript:${mark}()>`,
		`[${mark}](data:text/html;x,${mark})`
	],
	...[
		`[a](https://example.org/"onclick="${mark}())`,
		`[${mark}]: javascript:${mark}()`,
		`![a](https://example.org/x"onerror=${mark}())`
	],
	...[
		`{@html ${mark}}`,
		`{${mark}()}`,
		`<%= ${mark} %>`,
		`=HYPERLINK("javascript:${mark}()")`,
		`@${mark}`,
		`+${mark}`,
		`-${mark}`,
		`|${mark}`
	]
];

/** More than a thousand texts that would be more than text if a page, a file or a mail took them as its own; of the same seed, the same. */
export const hostileTexts: readonly string[] = [
	...new Set([
		...ways.flatMap((way) => acts.map((act) => way + act)),
		...fc.sample(
			fc
				.array(
					fc.oneof(fc.constantFrom(...ways, ...acts), fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', '\t', '\\', '%3C')),
					{
						minLength: 2,
						maxLength: 6
					}
				)
				.map((pieces) => `${pieces.join('')}${mark}`)
				.filter((text) => [...text].length <= 200 && text.trim() !== ''),
			{ numRuns: 300, seed: 3 }
		)
	])
].filter((text) => [...text].length <= 200);

/** What pages consist of: their elements with the attributes that these have. */
export class Known {
	readonly #attributes = new Map<string, Set<string>>();

	add(tag: string, ...names: string[]): this {
		const known = this.#attributes.get(tag) ?? new Set();
		for (const name of names) known.add(name);
		this.#attributes.set(tag, known);
		return this;
	}

	learn(page: string): void {
		eachElement(page, (tag, attributes) => void this.add(tag, ...Object.keys(attributes)));
	}

	/** What in the page is none of the product's own: elements, attributes, addresses that run, and marks where only the product speaks. */
	foreignIn(page: string, { xml = false } = {}): string[] {
		const found: string[] = [];
		const own = (tag: string, attributes: Record<string, string>) => {
			const known = this.#attributes.get(tag);
			if (!known) return void found.push(`<${tag}>`);
			for (const [name, value] of Object.entries(attributes)) {
				if (!known.has(name)) found.push(`<${tag} ${name}>`);
				if (/^on|^srcdoc$|^style$/i.test(name)) found.push(`<${tag} ${name}> acts`);
				// a picture of ours in the page itself; as a picture it runs nothing
				if (tag === 'img' && value.startsWith('data:image/')) continue;
				if (/^(?:href|src|action|formaction|xlink:href|poster|data)$/.test(name) && runs(value))
					found.push(`<${tag} ${name}="${value.slice(0, 80)}">`);
			}
		};
		const within = (tag: string, attributes: Record<string, string>, text: string) => {
			if (!text.includes(mark)) return;
			// data for a script of ours, and for search engines: nothing in it can end the element
			if (tag === 'script' && text.includes('<')) found.push(`<script> with ${text.slice(0, 80)}`);
			if (tag === 'script' && attributes['type'] === 'application/ld+json') JSON.parse(text);
			if (tag === 'style' || tag === 'comment') found.push(`${tag} with ${text.slice(0, 80)}`);
		};
		eachElement(page, own, within, xml);
		return found;
	}
}

function runs(address: string): boolean {
	// browsers leave out what is no sign before they look at the scheme
	// eslint-disable-next-line no-control-regex -- these are the signs that they leave out
	return /^(?:javascript|vbscript|data|blob|file):/i.test(address.replaceAll(/[\u0000-\u0020]/g, ''));
}

function eachElement(
	page: string,
	element: (tag: string, attributes: Record<string, string>) => void,
	text: (tag: string, attributes: Record<string, string>, text: string) => void = () => {},
	xmlMode = false
): void {
	const open: { tag: string; attributes: Record<string, string> }[] = [];
	const parser = new Parser(
		{
			onopentag(tag, attributes) {
				element(tag, attributes);
				open.push({ tag, attributes });
			},
			onclosetag: () => void open.pop(),
			ontext(data) {
				const within = open.at(-1);
				if (within) text(within.tag, within.attributes, data);
			},
			oncomment: (data) => text('comment', {}, data),
			onprocessinginstruction: (_name, data) => text('comment', {}, data)
		},
		{ xmlMode, decodeEntities: true }
	);
	parser.end(page);
}
