import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** axe finds nothing: WCAG 2.0 to 2.2, levels A and AA, its own good practice, and the size of targets (which it leaves out unless asked). */
export async function accessible(page: Page): Promise<void> {
	const found = await new AxeBuilder({ page })
		.options({ rules: { 'target-size': { enabled: true } } })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	const violations = found.violations.flatMap(({ id, nodes }) =>
		nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`)
	);
	assert.deepEqual(violations, [], `axe at ${page.url()}`);
}

/** At 320 pixels (400 % zoom of 1280) nothing but a scrolling region of its own is wider than the screen (WCAG 1.4.10). */
export async function reflows(page: Page): Promise<void> {
	const usual = page.viewportSize();
	await page.setViewportSize({ width: 320, height: 640 });
	const wide = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		const scrolls = (element: Element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
		// to what lies before the start of the page one cannot even scroll
		const outside = [...document.body.querySelectorAll('*')].filter((element) => {
			const { left, right, width } = element.getBoundingClientRect();
			if ((left >= -2 && right <= clientWidth + 2) || width <= 1 || !element.checkVisibility()) return false;
			for (let above = element.parentElement; above && above !== document.body; above = above.parentElement)
				if (scrolls(above)) return false;
			return true;
		});
		const beyond = ({ left, right }: DOMRect) => Math.max(-left, right - clientWidth);
		const innermost = outside.filter((element) => !outside.some((other) => other !== element && element.contains(other)));
		return innermost
			.map((element) => ({ element, box: element.getBoundingClientRect() }))
			.sort((one, other) => beyond(other.box) - beyond(one.box) || other.box.width - one.box.width)
			.slice(0, 10)
			.map(
				({ element, box }) =>
					`${element.outerHTML.slice(0, 120)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`
			)
			.concat(scrollWidth > clientWidth ? [`the page is as wide as ${scrollWidth}`] : []);
	});
	if (usual) await page.setViewportSize(usual);
	assert.deepEqual(wide, [], `reflow at ${page.url()}`);
}

/** With the spacing of WCAG 1.4.12 no text is cut off. */
export async function endures(page: Page): Promise<void> {
	const cut = await page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
		document.adoptedStyleSheets.push(sheet);
		const cut = [...document.body.querySelectorAll('*')].filter((element) => {
			if (element.closest('.visually-hidden, svg, input, select, textarea')) return false;
			const { overflowX, overflowY } = getComputedStyle(element);
			const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
			return (
				(hides(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
				(hides(overflowX) && element.scrollWidth > element.clientWidth + 1)
			);
		});
		document.adoptedStyleSheets.pop();
		return cut.map((element) => element.outerHTML.slice(0, 120));
	});
	assert.deepEqual(cut, [], `text is cut off at ${page.url()}`);
}

/**
 * Buttons and fields are at least 44 pixels high, everything else that one operates 24 by 24, unless it lies in a sentence or a circle of
 * 24 pixels around its middle touches nothing else (WCAG 2.5.8).
 */
export async function largeTargets(page: Page): Promise<void> {
	const small = await page.evaluate(() => {
		// the mark of a note lies in the sentence that its raised letters belong to
		const sentence = (element: Element) =>
			element.matches('a') &&
			getComputedStyle(element).display === 'inline' &&
			[...((element.closest('sup') ?? element).parentElement?.childNodes ?? [])].some(
				(node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()
			);
		const targets = [
			...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select, textarea, summary')
		].filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, .skip'));
		const standsAlone = (element: HTMLElement) => {
			const { left, top, width, height } = element.getBoundingClientRect();
			const [x, y] = [left + width / 2, top + height / 2];
			return targets.every((other) => {
				if (other === element || other.contains(element)) return true;
				const box = other.getBoundingClientRect();
				return Math.hypot(x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))) >= 12;
			});
		};
		return targets
			.filter((element) => !sentence(element))
			.map((element) => {
				const { width, height } = element.getBoundingClientRect();
				const label = element.matches('[type=checkbox], [type=radio]') ? (element as HTMLInputElement).labels?.[0] : undefined;
				const whole = Math.max(height, label?.getBoundingClientRect().height ?? 0);
				const main = element.matches('.button:not(.little, .quiet), .control') || label !== undefined;
				return { element, width, whole, least: main ? 44 : 24 };
			})
			.filter(({ width, whole, least }) => width < 23.99 || whole < least - 0.01)
			.filter(({ element, least }) => least > 24 || !standsAlone(element))
			.map(({ element, width, whole, least }) => `${element.outerHTML.slice(0, 120)}: ${width} × ${whole}, not ${least}`);
	});
	assert.deepEqual(small, [], `targets at ${page.url()}`);
}

/**
 * With the Tab key alone one reaches everything that can be operated, in the order of the document, sees where one is, is never under
 * something else, and comes out again (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11).
 */
export async function keyboardWalk(page: Page): Promise<void> {
	const wanted = await page.evaluate(operable);
	await page.evaluate(() => {
		// an element that took the focus by itself must not be where the walk begins
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.blur();
		document.body.removeAttribute('tabindex');
	});
	const seen: Step[] = [];
	// a field of a date is walked part by part: day, month, year, hour, minute, half of the day, the calendar
	const parts = 8 * (await page.locator(dateFields).count());
	const most = 2 * wanted.length + 10 + parts;
	let within = 0;
	for (let pressed = 0; pressed <= most; pressed++) {
		await page.keyboard.press('Tab');
		const step = await page.evaluate(standing);
		if (step === null) break;
		if (step.place === seen.at(-1)?.place && step.hasParts && ++within < 8) continue;
		within = 0;
		assert.notEqual(step.place, seen.at(-1)?.place, `the keyboard is trapped in ${step.html}`);
		if (step.place === seen[0]?.place) break;
		seen.push(step);
		assert.ok(pressed < most, `the keyboard walks in circles near ${step.html}`);
	}
	const reached = new Set(seen.map((step) => step.place));
	const places = seen.map((step) => step.place);
	assert.deepEqual(
		{
			unreached: wanted.filter((element) => !reached.has(element.place) && !element.pushesAhead).map((element) => element.html),
			unseen: seen.filter((step) => !step.isSeen).map((step) => step.html),
			covered: seen.filter((step) => step.isCovered).map((step) => step.html),
			outOfOrder: [
				...wanted.filter((element) => element.pushesAhead),
				...seen.filter((_, at) => at > 0 && places[at]! < places[at - 1]!)
			].map(({ html }) => html)
		},
		{ unreached: [], unseen: [], covered: [], outOfOrder: [] },
		`keyboard at ${page.url()}`
	);
}

interface Step {
	/** in the order of the document */
	place: number;
	html: string;
	isSeen: boolean;
	isCovered: boolean;
	hasParts: boolean;
}

const dateFields = 'input[type=date], input[type=datetime-local], input[type=time], input[type=month], input[type=week]';

/** Everything that the Tab key must reach; of a group of radio buttons the one that is chosen, or the first. */
function operable(): { place: number; html: string; pushesAhead: boolean }[] {
	const all = [...document.querySelectorAll('*')];
	const candidates =
		'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [contenteditable="true"]';
	// within a widget that is one stop, arrow keys lead on
	const widgets = '[role=tablist] *, [role=menu] *, [role=listbox] *, [role=grid] *, [role=toolbar] *, [role=tree] *';
	return (
		[...document.querySelectorAll<HTMLElement>(candidates)]
			.filter((element) => element.checkVisibility() && !element.matches(':disabled, [inert] *'))
			.filter((element) => element.tabIndex >= 0 || !element.matches(widgets))
			// a field that only programs are to find is shown to nobody, by eye, ear or key
			.filter((element) => element.tabIndex >= 0 || !element.matches('.visually-hidden[aria-hidden="true"] *'))
			.filter((element) => {
				if (!element.matches('[type=radio]')) return true;
				const { name, form } = element as HTMLInputElement;
				const group = [...document.querySelectorAll<HTMLInputElement>('[type=radio]')].filter(
					(radio) => radio.name === name && radio.form === form && !radio.disabled
				);
				return element === (group.find((radio) => radio.checked) ?? group[0]);
			})
			.map((element) => ({
				place: all.indexOf(element),
				html: element.outerHTML.slice(0, 120),
				pushesAhead: element.tabIndex > 0
			}))
	);
}

/** Where the focus is, and whether one sees it there; null when it has left the page. */
function standing(): Step | null {
	const element = document.activeElement;
	if (!element || element === document.body || element === document.documentElement) return null;
	const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
	const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
	const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
	const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
	const top = document.elementFromPoint(Math.max(0, x), Math.max(0, y));
	const isCovered = top !== null && !element.contains(top) && !top.contains(element) && !top.matches('label');
	const place = [...document.querySelectorAll('*')].indexOf(element);
	const hasParts = element.matches(
		'input[type=date], input[type=datetime-local], input[type=time], input[type=month], input[type=week]'
	);
	return { place, html: element.outerHTML.slice(0, 120), isSeen, isCovered, hasParts };
}
