import { Parser } from 'htmlparser2';

/** The text of a mail written as a page. Quotations keep their ">", signatures of programs their "-- ". */
export function textOfHtmlMail(html: string): string {
	const page = new Page();
	const parser = new Parser(
		{
			onopentag: (name, attributes) => page.open(name, attributes),
			ontext: (text) => page.write(text),
			onclosetag: (name) => page.close(name)
		},
		{ decodeEntities: true }
	);
	parser.end(html);
	return page.text();
}

interface Opened {
	readonly name: string;
	readonly quotes: boolean;
	readonly hides: boolean;
}

class Page {
	readonly #lines: string[] = [];
	#line = '';
	#quoted = 0;
	#hidden = 0;
	readonly #open: Opened[] = [];

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		if (name === 'br') this.#end('line');
		if (name === 'hr') {
			this.#end('block');
			this.#lines.push('_'.repeat(30));
		}
		if (voids.has(name)) return;
		if (blocks.has(name)) this.#end(paragraphs.has(name) ? 'paragraph' : 'block');
		const quotes = name === 'blockquote';
		const hides = unreadable.has(name) || /display\s*:\s*none/iu.test(attributes['style'] ?? '');
		if (quotes) this.#quoted += 1;
		if (hides) this.#hidden += 1;
		if (/\b(?:gmail_signature|moz-signature)\b/u.test(attributes['class'] ?? '')) {
			this.#end('block');
			this.#lines.push('-- ');
		}
		if (name === 'li') this.#line = '• ';
		if (name === 'td' || name === 'th') this.#line += ' ';
		this.#open.push({ name, quotes, hides });
	}

	write(text: string): void {
		if (this.#hidden === 0) this.#line += text.replaceAll(/\s+/gu, ' ');
	}

	/** What was left open within it ends too. */
	close(name: string): void {
		const at = this.#open.findLastIndex((one) => one.name === name);
		if (at === -1) return;
		for (const ended of this.#open.splice(at).reverse()) {
			if (blocks.has(ended.name)) this.#end(paragraphs.has(ended.name) ? 'paragraph' : 'block');
			if (ended.quotes) this.#quoted -= 1;
			if (ended.hides) this.#hidden -= 1;
		}
	}

	text(): string {
		this.#end('block');
		return this.#lines
			.join('\n')
			.replaceAll(/\n{3,}/gu, '\n\n')
			.trim();
	}

	/** A break makes a line even of nothing, a block only of words, a paragraph sets itself apart. */
	#end(what: 'line' | 'block' | 'paragraph'): void {
		const text = this.#line.replaceAll(/[ \t\u00a0]+/gu, ' ').trim();
		const mark = '>'.repeat(Math.min(this.#quoted, 50));
		this.#line = '';
		if (text !== '' || what === 'line') this.#lines.push(mark === '' ? text : `${mark} ${text}`.trimEnd());
		if (what === 'paragraph' && this.#lines.length > 0 && this.#lines.at(-1) !== mark) this.#lines.push(mark);
	}
}

const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'blockquote']);
const blocks = new Set([...paragraphs, 'div', 'li', 'tr', 'pre', 'section', 'article', 'header', 'footer', 'body']);
const voids = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'col', 'wbr', 'base', 'area']);
const unreadable = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
