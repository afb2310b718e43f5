import { isRefusal, refusal } from '#refusals/refusal.ts';
import { networkOf } from './addresses.server.ts';
import { contextOf, frontedOf, type FrontedEvent, type Limiting } from '#web/context.server.ts';

const wrong: ReadonlySet<string> = new Set(['link-expired', 'not-found', 'wrong-code', 'wrong-receipt-code']);

/**
 * Tries a code or token. A right one costs nothing here, so that a hall of people follows one link; a wrong one costs one of the few
 * guesses of its network, in debt where many are tried at once, and without any left nothing is tried.
 */
export async function guessed<Found>(
	event: FrontedEvent<Limiting>,
	attempt: () => Promise<Found>,
	isWrong: (found: Found) => boolean = () => false
): Promise<Found> {
	const { limits, now } = contextOf(event);
	const network = networkOf(frontedOf(event).address);
	const seconds = limits.wait('guessing', network, now());
	if (seconds > 0) throw refusal('too-many-requests', { seconds });
	try {
		const found = await attempt();
		if (isWrong(found)) limits.charge('guessing', network, now());
		return found;
	} catch (error) {
		if (isRefusal(error) && wrong.has(error.code)) limits.charge('guessing', network, now());
		throw error;
	}
}
