import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { pathInLanguage } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import { isRefusal, refusal, type Refusal } from '#refusals/refusal.ts';
import { contextOf, frontedOf, type FrontedEvent, type Limiting } from '#web/context.server.ts';
import { networkOf } from '#web/front/addresses.server.ts';
import { formIn, largestBodyOf, mayBeLarge, smallBody } from '#web/front/form-body.server.ts';
import type { Limited } from '#web/front/limits.server.ts';

/** What a page shows when a form was not taken: why, at which fields, and all that was typed. */
export interface Unanswered {
	/** a refusal; null where single fields are wrong */
	readonly refused: { readonly code: string; readonly sentence: string } | null;
	/** a sentence for each wrong field */
	readonly errors: Readonly<Record<string, string>>;
	/** what was typed, file fields left out; lists where a name came several times */
	readonly typed: Readonly<Record<string, string | string[]>>;
}

/** What of an event tells whether it is answered, and how. */
type Asking = Pick<RequestEvent, 'request' | 'locals' | 'setHeaders'> & {
	readonly route: { readonly id: string | null };
} & FrontedEvent<Limiting>;

/**
 * Wraps a form action: a refusal or wrong input comes back to the form with all that was typed; the rest is thrown on (redirects too).
 * A form with a file counts as an upload besides.
 * @param limited what the action counts as, beside the visitor's and network's limits of small acts
 */
export function answering<Event extends Asking, Answer>(
	act: (event: Event, typed: FormData) => Promise<Answer>,
	limited: Limited = 'acting'
) {
	return async (event: Event): Promise<Answer | ActionFailure<Unanswered>> => {
		let typed = new FormData();
		try {
			const isLarge = mayBeLarge(event.request);
			const refused = refusedBy(event, limited) ?? (isLarge ? refusedBy(event, 'uploading') : null);
			// whoever must wait gets back what they typed, but no file is read for it
			const read = await formIn(event.request, refused ? smallBody : largestBodyOf(event.route.id)).catch((error: unknown) => {
				throw refused ?? error;
			});
			typed = read.form;
			if (refused) throw refused;
			if (read.isTooLarge) throw refusal('too-large');
			if (!isLarge && hasFile(typed)) limit(event, 'uploading');
			return await act(event, typed);
		} catch (error) {
			if (isRefusal(error)) {
				const key = `refusals.${error.code}`;
				const { say } = event.locals;
				const sentence = say.knows(key) ? say(key, error.values) : error.code;
				// a text that cannot be kept is wrong at its field, where the form has it, and so is a file
				const field = error.code === 'unusable-text' ? error.values['what'] : fieldOfFile(error.code, typed);
				if (typeof field === 'string' && typed.has(field))
					return fail(error.status, { refused: null, errors: { [field]: sentence }, typed: whatWasTyped(typed) });
				if (error.status === 429) event.setHeaders({ 'retry-after': String(error.values.seconds ?? 1) });
				return fail(error.status, { refused: { code: error.code, sentence }, errors: {}, typed: whatWasTyped(typed) });
			}
			if (error instanceof WrongInput) return fail(422, { refused: null, errors: error.errors, typed: whatWasTyped(typed) });
			throw error;
		}
	};
}

/** Wrong input at named fields, each with its sentence in the reader's language. */
export class WrongInput extends Error {
	readonly errors: Readonly<Record<string, string>>;
	constructor(errors: Record<string, string>) {
		super(`wrong input: ${Object.keys(errors).join(', ')}`);
		this.errors = errors;
	}
}

/**
 * Reads a form by a schema. A message of the schema is a message key (`z.string().min(1, 'ideas.point-missing')`) and is said in the
 * reader's language; other problems are said as `refusals.field`. Several values of one name become a list where the schema wants one.
 */
export function parse<Schema extends z.ZodObject>(schema: Schema, typed: FormData, say: Say): z.output<Schema> {
	const given: Record<string, unknown> = {};
	for (const name of Object.keys(schema.shape)) {
		const values = typed.getAll(name);
		if (values.length > 0) given[name] = wantsList(schema.shape[name]) ? values : values[0];
		else if (wantsList(schema.shape[name])) given[name] = [];
	}
	const result = schema.safeParse(given);
	const errors: Record<string, string> = {};
	// no column can hold it, and no person types it: said at the field, whatever the field is
	for (const [name, value] of Object.entries(given))
		if ([value].flat().some((text) => typeof text === 'string' && text.includes('\0')))
			errors[name] = say('refusals.unusable-text', { reason: 'nul', max: 0 });
	if (result.success && Object.keys(errors).length === 0) return result.data;
	for (const issue of result.error?.issues ?? []) {
		const field = String(issue.path[0] ?? '');
		errors[field] ??= say.knows(issue.message) ? say(issue.message) : say('refusals.field');
	}
	throw new WrongInput(errors);
}

/** What was typed, file fields left out; lists where a name came several times. */
export function whatWasTyped(typed: FormData): Record<string, string | string[]> {
	const kept: Record<string, string | string[]> = {};
	for (const name of new Set(typed.keys())) {
		const texts = typed.getAll(name).filter((value) => typeof value === 'string');
		if (texts.length === 1) kept[name] = texts[0]!;
		else if (texts.length > 1) kept[name] = texts;
	}
	return kept;
}

/** The address in the language of the reader: where an action leads on (`redirect(303, localized(event, …))`). */
export function localized(event: { locals: App.Locals }, path: string): string {
	return pathInLanguage(path, event.locals.language);
}

/** Counts the request against the limits; throws `too-many-requests` with the seconds to wait. */
export function limit(event: Pick<Asking, 'locals' | 'platform'>, limited: Limited): void {
	const refused = refusedBy(event, limited);
	if (refused) throw refused;
}

function refusedBy(event: Pick<Asking, 'locals' | 'platform'>, limited: Limited): Refusal | null {
	const { limits, now } = contextOf(event);
	const { actor } = event.locals;
	const alone = `${limited}-alone`;
	const who = actor.kind === 'account' ? actor.accountId : actor.kind === 'visitor' ? actor.visitorId : null;
	let seconds = limits.take(limited, networkOf(frontedOf(event).address), now());
	if (seconds === 0 && who !== null && isLimited(alone)) seconds = limits.take(alone, who, now());
	return seconds > 0 ? refusal('too-many-requests', { seconds }) : null;
}

/** The field whose file was refused: the one with a file; of a form that was too large no file is left. */
function fieldOfFile(code: string, typed: FormData): string | undefined {
	if (!/^(file|picture|sheet|logo|zip)-|^too-large$/.test(code)) return undefined;
	const files = [...typed].filter((entry): entry is [string, File] => typeof entry[1] !== 'string');
	return (files.find(([, { size }]) => size > 0) ?? files[0])?.[0];
}

function hasFile(typed: FormData): boolean {
	return [...typed.values()].some((value) => typeof value !== 'string' && value.size > 0);
}

function isLimited(name: string): name is Limited {
	return name === 'acting-alone' || name === 'writing-alone';
}

function wantsList(field: unknown): boolean {
	let inner = field as { def?: { type?: string; innerType?: unknown } } | undefined;
	while (inner?.def?.innerType) inner = inner.def.innerType;
	return inner?.def?.type === 'array';
}
