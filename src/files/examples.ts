import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The submissions to NETmundial 2014 lie beside the project where it is built, never in it. `skip` names what is missing elsewhere:
 * `test('…', { skip: netmundial.skip }, …)`.
 */
export const netmundial = realInput('netmundial');
/** A conversation of 2015 from Polis, under CC BY 4.0 by The Computational Democracy Project. */
export const vtaiwan = realInput('polis/vtaiwan.uberx');

function realInput(name: string): { folder: string; skip: string | false } {
	const folder = resolve(process.env.REAL_INPUTS ?? resolve(import.meta.dirname, '../../../shared/data'), name);
	return { folder, skip: existsSync(folder) ? false : `needs the real input ${name} (REAL_INPUTS names its folder)` };
}
