import { z } from 'zod';
import type { Act, Chosen } from '#ideas/moderating/act.ts';
import { isHidingReason, isModeratedKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

/** A thing as its box or button names it: kind, id, version read, latest decision known (`-`: none). */
export function chosenIn(typed: FormData): Chosen[] {
	// the button of one thing names it alone, whatever is ticked
	const only = typed.get('only');
	const values = typeof only === 'string' && only !== '' ? [only] : typed.getAll('chosen');
	return values.map((value) => {
		const [kind = '', thingId = '', version = '', last = ''] = typeof value === 'string' ? value.split(' ') : [];
		const seen = Number(version);
		if (!isModeratedKind(kind) || !isId(thingId) || !Number.isInteger(seen) || !(last === '-' || isId(last)))
			throw refusal('invalid-request');
		return { kind, thingId, seen, last: last === '-' ? null : last };
	});
}

export const acts = ['keep', 'trust', 'hide', 'restore', 'redact', 'block'] as const;

export const decidingForm = z.object({
	reason: z.string().default(''),
	words: z.string().default(''),
	phrases: z.string().default(''),
	contacts: z.string().default('')
});

/** What the form wants done. A reason is one of those that hold everywhere, or the number of a rule of the topic. */
export function actOf(does: (typeof acts)[number], given: z.output<typeof decidingForm>): Act {
	switch (does) {
		case 'keep':
		case 'restore':
			return { does };
		case 'trust':
			return { does: 'keep', trusts: true };
		case 'redact':
			return { does, phrases: given.phrases.split(/[\r\n]+/u), contacts: given.contacts !== '' };
		case 'block':
			return { does, reason: isHidingReason(given.reason) ? given.reason : given.reason === '' ? '' : 'other' };
		case 'hide':
			return isHidingReason(given.reason) || given.reason === ''
				? { does, reason: given.reason }
				: { does, reason: 'other', rule: Number(given.reason) };
	}
}

export function isId(text: string): boolean {
	return z.uuid().safeParse(text).success;
}
