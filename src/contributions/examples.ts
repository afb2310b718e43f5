import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The submissions to NETmundial 2014 lie beside the project where it is built, never in it. `skip` names what is missing elsewhere:
 * `test('…', { skip: netmundial.skip }, …)`.
 */
export const netmundial = realInput('netmundial');

function realInput(name: string): { folder: string; skip: string | false } {
	const folder = resolve(process.env.REAL_INPUTS ?? resolve(import.meta.dirname, '../../../shared/data'), name);
	return { folder, skip: existsSync(folder) ? false : `needs the real input ${name} (REAL_INPUTS names its folder)` };
}

/** The file of a form as the web page of a conference saved it. */
export function aFormFile(
	changes: Partial<Record<'title' | 'region' | 'organization' | 'sector' | 'entitledBy' | 'document', string>> = {}
) {
	const form = {
		title: 'The role of governments',
		region: 'Kenya, Africa',
		organization: 'University of Nairobi',
		sector: 'Academia',
		entitledBy: 'Ana Example',
		document: 'Governments should listen. They should decide together with others.',
		...changes
	};
	return [
		form.title,
		'Area: SET OF PRINCIPLES',
		`Entitled by: ${form.entitledBy}`,
		`Region: ${form.region}`,
		`Organization: ${form.organization}`,
		`Sector: ${form.sector}`,
		'Keywords: roles, governments',
		'Abstract',
		'In short.',
		'Document',
		form.document
	].join('\r\n');
}
