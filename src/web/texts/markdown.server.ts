import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

declare const safe: unique symbol;

/** HTML that only this module makes; Written.svelte takes nothing else. */
export type SafeHtml = string & { readonly [safe]: true };

/**
 * What people and organisers write, as HTML. Two walls: markdown-it knows no HTML (`html: false`), and sanitize-html lets
 * nothing through but the elements listed here, should the first ever have a hole.
 * @param topHeading the level of a first-level heading, so that the page's own outline stays whole
 */
export function markdown(text: string, topHeading: 2 | 3 | 4 = 3): SafeHtml {
	if (isTooDeep(text)) return plainly(text);
	return sanitizeHtml(parser.render(text, { topHeading }), allowed) as SafeHtml;
}

/** The same for what organisers write, which stands on pages that many read: each text is made into HTML once. */
export function organisersMarkdown(text: string, topHeading: 2 | 3 | 4 = 3): SafeHtml {
	const key = `${topHeading} ${text}`;
	let html = made.get(key);
	if (html === undefined) {
		html = markdown(text, topHeading);
		if (made.size >= 200) made.clear();
		made.set(key, html);
	}
	return html;
}

const made = new Map<string, SafeHtml>();

/** The same text without marks, for summaries, mails and titles of pages. */
export function withoutMarks(text: string): string {
	const words = isTooDeep(text) ? text : sanitizeHtml(parser.render(text, {}), { allowedTags: [], allowedAttributes: {} });
	return entities(words).replace(/\s+/g, ' ').trim();
}

// links to pages and mail addresses only; never a script, a file, a picture in the address, or an address within our own pages
const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 20 });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
parser.validateLink = (address) => /^(?:https?:\/\/|mailto:)[^\s]/i.test(address.trim());

parser.core.ruler.push('headings-below-the-page', (state) => {
	const { topHeading = 3 } = state.env as { topHeading?: number };
	let level = topHeading - 1;
	for (const token of state.tokens) {
		// none is more than one level below the last: who writes ### first skips nothing that a reader of headings would miss
		if (token.type === 'heading_open') level = Math.min(6, level + 1, Number(token.tag.slice(1)) + topHeading - 1);
		if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${level}`;
	}
});

parser.renderer.rules.link_open = (tokens, place, options, _env, self) => {
	tokens[place]!.attrSet('rel', 'nofollow ugc noopener');
	return self.renderToken(tokens, place, options);
};

// a picture would be fetched from a foreign host by every reader: its address becomes a link
parser.renderer.rules.image = (tokens, place, options, env, self) => {
	const { escapeHtml } = parser.utils;
	const address = String(tokens[place]!.attrGet('src') ?? '');
	const name = self.renderInlineAsText(tokens[place]!.children ?? [], options, env) || address;
	return `<a href="${escapeHtml(address)}" rel="nofollow ugc noopener">${escapeHtml(name)}</a>`;
};

// a wide table scrolls by itself, and can be reached with the keyboard
parser.renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table>\n';
parser.renderer.rules.table_close = () => '</table></div>\n';

const allowed: sanitizeHtml.IOptions = {
	allowedTags: [
		...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'a'],
		...['ul', 'ol', 'li', 'div', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
	],
	allowedAttributes: { a: ['href', 'rel', 'title'], ol: ['start'], div: ['tabindex', 'class'] },
	allowedClasses: { div: ['wide'] },
	allowedSchemes: ['http', 'https', 'mailto'],
	allowProtocolRelative: false
};

/**
 * Some inputs make any Markdown parser slow: thousands of brackets, quotes or stars that open and never close. Nobody
 * writes so; such a text is shown as it was typed.
 */
function isTooDeep(text: string): boolean {
	if (text.length > 200_000) return true;
	return (
		/(?:[[\]!(<>*_~`#+-][ \t]{0,3}){60}/.test(text.replace(ruler, '')) || (text.match(/[[`<*_~&|]|:\/\//g)?.length ?? 0) > 8_000
	);
}

// a line of one repeated mark is a rule or an underlined heading, however long
const ruler = /^[ \t]*([-*_=])(?:[ \t]*\1)*[ \t]*$/gm;

function plainly(text: string): SafeHtml {
	const paragraphs = text.slice(0, 400_000).split(/\n{2,}/);
	return paragraphs
		.map((paragraph) => `<p>${parser.utils.escapeHtml(paragraph).replaceAll('\n', '<br />')}</p>`)
		.join('\n') as SafeHtml;
}

function entities(text: string): string {
	const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
	return text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => named[name]!);
}
