// The shape of the answer: Fastify makes its serializer from it.

const text = { type: 'string' };
const textOrNull = { type: 'string', nullable: true };
const whole = { type: 'integer' };

function object(properties) {
	return { type: 'object', properties };
}

function array(items) {
	return { type: 'array', items };
}

const author = object({ id: text, first_name: text, last_name: text });
const interim = { interim_id: text, confirmed_at: text, author };
const position = { level: { type: 'integer', nullable: true },
	objective: textOrNull };

export const dashboardSchema = object({
	learner: object({ id: text, first_name: text, last_name: text,
		track: text, class_id: text, class_code: text }),
	draft_access: text,
	framework_id: text,
	filters: object({ framework: text, units: array(text),
		complexities: array(text) }),
	evaluations: array(object({ id: text, title: text,
		complexity: textOrNull, context: text, class_level: textOrNull,
		assessed_on: text, taken: { type: 'boolean' }, author,
		filled: whole, expected: whole })),
	bar: whole,
	counts: { type: 'object', additionalProperties: whole },
	interims: array(object(interim)),
	competencies: array(object({ id: text, code: text, title: text,
		units: array(text), domain_id: textOrNull, group_id: textOrNull,
		positions: array(object({ ...interim, ...position })),
		draft: { ...object(position), nullable: true },
		whole_marks: array(textOrNull),
		criteria: array(object({ id: text, title: text,
			marks: array(textOrNull) })) })),
});
