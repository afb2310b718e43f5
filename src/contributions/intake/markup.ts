import { Parser } from 'htmlparser2';

/** Text of the HTML that a DOCX becomes: one line a paragraph, list items with a bullet, cells of a table row with a tab between them. */
export function textOfHtml(html: string): string {
	const page = new Lines();
	const parser = new Parser(
		{
			onopentag(name) {
				if (name === 'li') page.begin('• ');
				else if (name === 'br') page.begin();
				else if (name === 'td' || name === 'th') page.cell();
				else if (blocks.has(name)) page.begin();
			},
			ontext: (text) => page.add(text),
			onclosetag(name) {
				if (blocks.has(name) && name !== 'li') page.end();
			}
		},
		{ decodeEntities: true }
	);
	parser.end(html);
	return page.text();
}

const blocks = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'tr', 'table', 'ul', 'ol']);

/** Text of the content.xml of an ODT. Deleted text of tracked changes and marginal notes are no part of what the author sends. */
export function textOfOpenDocument(xml: string): string {
	const page = new Lines();
	let hidden = 0;
	let notes = 0;
	let body = false;
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				if (name === 'office:text') body = true;
				if (left.has(name)) hidden += 1;
				if (!body || hidden > 0) return;
				if (name === 'text:note') {
					notes += 1;
					page.add(' [');
				} else if (notes > 0 && inNotes.has(name)) page.add(' ');
				else if (name === 'text:list-item') page.begin('• ');
				else if (name === 'table:table-cell') page.cell();
				else if (name === 'text:p' || name === 'text:h' || name === 'table:table-row' || name === 'text:line-break') page.begin();
				else if (name === 'text:s') page.add(' '.repeat(Math.min(Number(attributes['text:c'] ?? 1), 100)));
				else if (name === 'text:tab') page.add('\t');
			},
			ontext(text) {
				if (body && hidden === 0) page.add(text);
			},
			onclosetag(name) {
				if (left.has(name)) hidden -= 1;
				else if (!body || hidden > 0) return;
				else if (name === 'text:note') {
					notes -= 1;
					page.add(']');
				} else if (notes === 0 && (name === 'text:p' || name === 'text:h')) page.end();
			}
		},
		{ xmlMode: true, decodeEntities: true }
	);
	parser.end(xml);
	return page.text();
}

/** A note stands within its paragraph, in brackets. */
const inNotes = new Set(['text:p', 'text:h', 'text:list-item', 'text:line-break', 'table:table-row', 'table:table-cell']);
const left = new Set(['text:tracked-changes', 'office:annotation', 'text:note-citation']);

/** Collects lines; a paragraph within a list item or a cell goes on in its line. */
class Lines {
	#lines: string[] = [];
	#open: string | undefined;
	/** whether the open line holds but its bullet or the tab of its cell */
	#fresh = false;

	begin(mark = ''): void {
		if (this.#open !== undefined && this.#fresh && mark === '') return;
		this.end();
		this.#open = mark;
		this.#fresh = mark !== '';
	}

	cell(): void {
		this.#open = this.#open === undefined || this.#open === '' ? '' : `${this.#open}\t`;
		this.#fresh = true;
	}

	add(text: string): void {
		this.#open = (this.#open ?? '') + text.replaceAll(/[\r\n]+/gu, ' ');
		if (text.trim() !== '') this.#fresh = false;
	}

	end(): void {
		if (this.#open !== undefined && this.#open.trim() !== '')
			this.#lines.push(this.#open.replaceAll(/ {2,}/gu, ' ').replaceAll('[ ', '[').trim());
		this.#open = undefined;
		this.#fresh = false;
	}

	text(): string {
		this.end();
		return this.#lines.join('\n\n');
	}
}
