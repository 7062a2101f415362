// Every answer a test receives is compared with openapi.yaml.
//
//	contract()                   the one of this tree; null without the file
//	.check(method, path, answer) throws an Error that lists each difference
//	.operations                  [{ method, path }] documented
//	.documented                  ['GET /api/v1/classes 200', ...]
//	seenResponses()              the same, as met by all test processes
//
// Compared: the path and method are documented, the status is (or a range
// such as 4XX, or default), the content type is, the required headers are
// there and fit their schemas, the body fits its schema.  Objects may have
// members the contract does not name only where it says so: an object schema
// without additionalProperties is taken as closed in tests, for a member that
// nobody documented is an omission (or a leak).

import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const root = path.resolve(path.dirname(
	new URL(import.meta.url).pathname), '../../..');
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
let shared;

// Composed schemas are closed as a whole (unevaluatedProperties); their parts
// stay open, and so does what a reference points to inside a composition.
function close(schema, part = false) {
	if (Array.isArray(schema))
		return schema.map((s) => close(s, part));
	if (schema === null || typeof schema !== 'object')
		return schema;
	const out = {};

	for (const [key, value] of Object.entries(schema)) {
		if (['allOf', 'anyOf', 'oneOf'].includes(key))
			out[key] = close(value, true);
		else if (['properties', '$defs', 'patternProperties',
			'dependentSchemas'].includes(key))
			out[key] = Object.fromEntries(Object.entries(value)
				.map(([k, v]) => [k, close(v)]));
		else if (['items', 'additionalProperties', 'then', 'else',
			'prefixItems'].includes(key))
			out[key] = close(value, part && key !== 'items');
		else
			out[key] = value;
	}
	const open = 'additionalProperties' in out
		|| 'unevaluatedProperties' in out || part;
	if (!open && (out.properties || out.allOf || out.anyOf || out.oneOf))
		out.unevaluatedProperties = false;
	return out;
}

function resolve(doc, node) {
	while (node?.$ref)
		node = node.$ref.slice(2).split('/').reduce((at, key) =>
			at[key.replaceAll('~1', '/').replaceAll('~0', '~')],
		doc);
	return node;
}

function pathPattern(template) {
	return new RegExp('^' + template.split(/(\{\w+\})/).map((part) =>
		part.startsWith('{') ? '[^/]+'
			: part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
		.join('') + '$');
}

// Literal paths before those with more parameters: /a/latest before /a/{id};
// a suffix before none: /a/{id}.pdf before /a/{id}.
function readOperations(doc) {
	const base = (doc.servers?.[0]?.url ?? '').replace(/\/$/, '');
	const found = [];

	for (const [template, item] of Object.entries(doc.paths ?? {})) {
		const own = item.servers?.[0]?.url;
		const prefix = own === undefined ? base : own.replace(/\/$/, '');
		const full = prefix + template;

		for (const method of methods) {
			if (item[method])
				found.push({ method: method.toUpperCase(),
					path: full, pattern: pathPattern(full),
					operation: item[method] });
		}
	}
	const holes = (o) => o.path.split('{').length;
	const words = (o) => o.path.replace(/\{[^}]*\}/g, '').length;
	return found.sort((a, b) => holes(a) - holes(b) || words(b) - words(a));
}

function responseFor(doc, operation, status) {
	const all = { ...doc['x-anywhere'], ...operation.responses };
	const name = [String(status), `${String(status)[0]}XX`, 'default']
		.find((key) => all[key]);

	return name && { name, response: resolve(doc, all[name]) };
}

class Contract {
	constructor(text) {
		this.doc = parse(text);
		this.operations = readOperations(this.doc);
		this.ajv = new Ajv({ strict: false, allErrors: true });
		addFormats(this.ajv);
		this.validators = new Map();
		const components = Object.fromEntries(Object.entries(
			this.doc.components?.schemas ?? {}));
		this.ajv.addSchema({ $id: 'open:/doc',
			components: { schemas: components } });
	}

	get documented() {
		return this.operations.flatMap((o) =>
			Object.keys(o.operation.responses ?? {}).map((status) =>
				`${o.method} ${o.path} ${status}`));
	}

	// References at the top are followed so that the closing reaches them;
	// those inside a composition stay open, as the contract wrote them.
	inlined(schema, part = false, trail = []) {
		if (Array.isArray(schema))
			return schema.map((s) => this.inlined(s, part, trail));
		if (schema === null || typeof schema !== 'object')
			return schema;
		if (schema.$ref?.startsWith('#/')) {
			if (trail.includes(schema.$ref))
				return { $ref: `open:/doc${schema.$ref}` };
			const { $ref, ...rest } = schema;
			return this.inlined({ ...resolve(this.doc, { $ref }),
				...rest }, part, [...trail, $ref]);
		}
		return Object.fromEntries(Object.entries(schema).map(
			([k, v]) => [k, this.inlined(v, part, trail)]));
	}

	validator(schema) {
		if (!this.validators.has(schema))
			this.validators.set(schema, this.ajv.compile(
				close(this.inlined(schema))));
		return this.validators.get(schema);
	}

	find(method, fullPath) {
		const plain = fullPath.split('?')[0];

		return this.operations.find((o) =>
			o.method === method && o.pattern.test(plain));
	}

	// A path nobody documented is nobody's promise: only 404 and 405 (or a
	// refusal before the route is looked up) may answer there.
	checkUndocumented(method, fullPath, answer) {
		const refusal = [400, 401, 403, 404, 405, 414, 431];

		if (method === 'HEAD' || method === 'OPTIONS'
			|| refusal.includes(answer.status))
			return [];
		return ['is not in openapi.yaml'];
	}

	differences(found, answer, response) {
		// Kore's own refusals are empty (ux.md 8).
		if (!answer.bytes?.length && !answer.headers['x-request-id']
			&& [400, 411, 413, 414].includes(answer.status))
			return [];
		return [...this.headerFaults(response, answer),
			...this.bodyFaults(response, answer,
				found.method === 'HEAD')];
	}

	headerFaults(response, answer) {
		const faults = [];

		for (const [name, ref] of Object.entries(
			response.headers ?? {})) {
			const header = resolve(this.doc, ref);
			// Node gives Set-Cookie as a list, one text a line.
			const sent = answer.headers[name.toLowerCase()];
			const value = Array.isArray(sent) ? sent[0] : sent;

			if (value === undefined) {
				if (header.required)
					faults.push(`header ${name} is missing`);
				continue;
			}
			if (header.schema && !this.fits(header.schema, value))
				faults.push(`header ${name}: "${value}" ` +
					'does not fit');
		}
		return faults;
	}

	// Header values are text; a schema may want a number.
	fits(schema, value) {
		const ok = this.validator(schema);

		return ok(value) || (/^-?\d+$/.test(value) && ok(Number(value)));
	}

	bodyFaults(response, answer, noBody) {
		const content = response.content ?? {};
		const length = answer.bytes?.length ?? 0;
		const type = (answer.headers['content-type'] ?? '')
			.split(';')[0].trim();

		if (noBody || (Object.keys(content).length === 0 && !length))
			return [];
		const media = content[type];
		if (!media)
			return [`content type "${type}" is not documented`];
		if (!media.schema || !/[/+]json$/.test(type))
			return [];
		const ok = this.validator(media.schema);
		return ok(answer.body) ? [] : ok.errors.map((e) =>
			`body${e.instancePath} ${e.message} ` +
			`${e.params.unevaluatedProperty ?? ''}`.trim());
	}

	check(method, fullPath, answer) {
		const found = this.find(method, fullPath);
		const named = found && responseFor(this.doc, found.operation,
			answer.status);
		let faults;

		if (!found)
			faults = this.checkUndocumented(method, fullPath, answer);
		else if (!named)
			faults = [`status ${answer.status} is not documented`];
		else
			faults = this.differences(found, answer, named.response);
		if (named)
			remember(`${method} ${found.path} ${named.name}`);
		if (faults.length > 0)
			throw new Error(`${method} ${fullPath} ` +
				`(${answer.status}): ${faults.join('; ')}`);
	}
}

// One file per process, one line per response, each said once.
const told = new Set();

function remember(line) {
	const dir = process.env.ACQUIS_TEST_DIR;

	if (!dir || told.has(line))
		return;
	told.add(line);
	fs.appendFileSync(path.join(dir, 'contract', `${process.pid}.seen`),
		`${line}\n`);
}

export function seenResponses() {
	const dir = path.join(process.env.ACQUIS_TEST_DIR, 'contract');

	return new Set(fs.readdirSync(dir).filter((f) => f.endsWith('.seen'))
		.flatMap((f) => fs.readFileSync(path.join(dir, f), 'utf8')
			.split('\n').filter(Boolean)));
}

export function openContract(text) {
	return new Contract(text);
}

export function contract() {
	if (shared === undefined) {
		const file = process.env.ACQUIS_OPENAPI
			?? path.join(root, 'openapi.yaml');

		shared = fs.existsSync(file)
			? openContract(fs.readFileSync(file, 'utf8')) : null;
	}
	return shared;
}
