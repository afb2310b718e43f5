import type { RequestEvent } from '@sveltejs/kit';
import type { Suspicion } from '#moderation/rules.ts';
import { contextOf, frontedOf } from '#web/context.server.ts';
import { networkOf } from '#web/front/addresses.server.ts';

/** Whether so much is sent from this network now that a sender's browser is asked for a small computation. */
export function isProofAsked(event: Pick<RequestEvent, 'platform'>): boolean {
	const { limits, now } = contextOf(event);
	return limits.wait('sending', networkOf(frontedOf(event).address), now()) > 0;
}

/**
 * Why the sending of a form looks like a program's: it filled the field that people do not see, or much comes from its network and it solved
 * nothing. Such a text is looked at first, also that of a person whose browser runs no script; it is never refused for it.
 */
export async function suspicionOf(event: Pick<RequestEvent, 'platform'>, typed: FormData): Promise<Suspicion | null> {
	const { limits, now, proofs } = contextOf(event);
	const isAsked = isProofAsked(event);
	limits.take('sending', networkOf(frontedOf(event).address), now());
	if (textIn(typed, 'homepage') !== '') return 'honeypot';
	return isAsked && !(await proofs.isSolved(textIn(typed, 'proof'))) ? 'no-proof' : null;
}

function textIn(typed: FormData, name: string): string {
	const value = typed.get(name);
	return typeof value === 'string' ? value : '';
}
