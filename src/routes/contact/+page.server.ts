import { institutionSeen } from '#topics/institution/institution.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { contactEmail } = await institutionSeen(contextOf(event).database);
	return { contactEmail };
};
