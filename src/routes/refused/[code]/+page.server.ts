import { refusal } from '#refusals/refusal.ts';
import { refusals, type RefusalCode } from '#refusals/refusals.ts';
import type { PageServerLoad } from './$types';

/** Always refuses: what hooks.server.ts shows when a request is turned away before its own page begins. */
export const load: PageServerLoad = ({ params }) => {
	throw refusal(Object.hasOwn(refusals, params.code) ? (params.code as RefusalCode) : 'not-found');
};
