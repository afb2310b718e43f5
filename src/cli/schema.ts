import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, read, result } from '#cli/console.ts';
import { connect } from '#database/connection.server.ts';
import { describeSchema } from '#database/describing.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { databaseAt, freshTemplate, startTestCluster } from '#database/test-database.server.ts';
import type { Verb } from '#cli/verb.ts';

const file = join(projectFolder, 'src/database/schema.sql');

export const verb: Verb = {
	words: '[--check]',
	summary: 'Writes src/database/schema.sql from the migrations.',
	help: '--check   writes nothing; status 1 where the file is not what the migrations make',
	async run(words) {
		const { values } = read(words, { check: { type: 'boolean' } }, 0);
		const described = await schemaOfMigrations();
		const tables = described.split('create table').length - 1;
		const isSame = existsSync(file) && readFileSync(file, 'utf8') === described;
		if (!values.check) writeFileSync(file, described);
		else if (!isSame) note('src/database/schema.sql is not what the migrations make. Run: npx open-talks schema');
		result({ tables, changed: !isSame });
		return values.check && !isSame ? 1 : 0;
	}
};

/** From a database of its own, so that nobody's data plays a part. Always on 18, where the file is made. */
async function schemaOfMigrations(): Promise<string> {
	const address = await startTestCluster('18');
	const cluster = connect(address, { connections: 1 });
	const name = `test_${process.pid}_schema`;
	await cluster.query(`create database ${name} template ${await freshTemplate(cluster, address)}`);
	const database = connect(databaseAt(address, name), { connections: 1 });
	try {
		return await describeSchema(database);
	} finally {
		await database.close();
		await cluster.query(`drop database ${name} with (force)`);
		await cluster.close();
	}
}
