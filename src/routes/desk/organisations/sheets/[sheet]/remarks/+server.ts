import { remarksFile, sheetsOfInstitution } from '#web/desk/sheets.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => remarksFile(event, sheetsOfInstitution, event.params.sheet);
