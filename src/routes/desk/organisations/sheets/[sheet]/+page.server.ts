import { answering } from '#web/answering.server.ts';
import { sheetPage, sheetsOfInstitution, takeMapping, takeStart } from '#web/desk/sheets.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => sheetPage(event, sheetsOfInstitution, event.params.sheet);

export const actions: Actions = {
	columns: answering(async (event, typed) => takeMapping(event, typed, sheetsOfInstitution, event.params.sheet)),
	start: answering(async (event) => takeStart(event, sheetsOfInstitution, event.params.sheet))
};
