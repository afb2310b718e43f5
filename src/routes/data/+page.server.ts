import { institutionPage } from '#web/institution-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => institutionPage(event, 'notice', 'institution.data-text');
