/** What came back of a form: see Unanswered in answering.server.ts. Other answers of an action (`{ done: true }`) may stand beside it. */
interface CameBack {
	readonly refused?: { readonly sentence: string } | null;
	readonly errors?: Readonly<Record<string, string>>;
	readonly typed?: Readonly<Record<string, string | string[]>>;
}

/** For the summary above the form: the refusal first, then each wrong field, by the id of its control. */
export function mistakesOf(form: object | null | undefined): { field?: string; message: string }[] {
	const { refused, errors = {} } = (form ?? {}) as CameBack;
	const place = typedIn(form, 'form');
	return [
		...(refused ? [{ message: refused.sentence }] : []),
		...Object.entries(errors).map(([field, message]) => ({
			field: place === '' || field.startsWith(`${place}.`) ? field : `${place}-${field}`,
			message
		}))
	];
}

/**
 * What came back, if it is of this form. Where forms of a page have the same fields, each says which it is in a hidden field `form`, and
 * its controls have ids that begin with that: `mail-days`.
 */
export function sentBy<Form extends object>(form: Form | null | undefined, which: string): Form | null {
	return form && typedIn(form, 'form') === which ? form : null;
}

/** The sentence at a field, where it was wrong. */
export function mistakeAt(form: object | null | undefined, field: string): string | undefined {
	return ((form ?? {}) as CameBack).errors?.[field];
}

/** What was typed into a field, or what stood there before. */
export function typedIn(form: object | null | undefined, field: string, before = ''): string {
	const typed = ((form ?? {}) as CameBack).typed?.[field];
	return typeof typed === 'string' ? typed : before;
}

/** What a control takes from its form: its name, what was typed or stood there before, and the sentence where it was wrong. */
export function fieldIn(form: object | null | undefined, name: string, before = '') {
	return { name, value: typedIn(form, name, before), mistake: mistakeAt(form, name) };
}

/** What was ticked in a field with several answers, or was before. */
export function allTypedIn(form: object | null | undefined, field: string, before: readonly string[] = []): readonly string[] {
	const { typed } = (form ?? {}) as CameBack;
	if (!typed) return before;
	const answers = typed[field] ?? [];
	return typeof answers === 'string' ? [answers] : answers;
}
