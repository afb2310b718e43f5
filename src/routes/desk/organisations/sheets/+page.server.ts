import { answering } from '#web/answering.server.ts';
import { sheetsOfInstitution, sheetsPage, takeSheet } from '#web/desk/sheets.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => sheetsPage(event, sheetsOfInstitution);

export const actions: Actions = {
	default: answering(async (event, typed) => takeSheet(event, typed, sheetsOfInstitution))
};
