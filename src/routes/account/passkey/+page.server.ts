import { pathThen } from '#web/then.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ then: pathThen(url.searchParams.get('then'), '/account') });
