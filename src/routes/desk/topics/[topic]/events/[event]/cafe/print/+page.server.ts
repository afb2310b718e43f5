import { cafePrint } from '#web/cafes/print.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => cafePrint(event);
