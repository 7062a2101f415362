#include <stdint.h>

#include "switch.h"

#if defined(__x86_64__)

/*
 * What the System V ABI has a function keep, in the order switch_raw() takes
 * it off: control words, then r15 to rbp, then where to return to.
 */
struct frame {
	uint32_t mxcsr;
	uint16_t x87;
	uint16_t unused;
	void *r15, *r14, *r13, *r12, *rbx, *rbp;
	void *back; /* last: taking it leaves the stack aligned */
};

void switch_raw(void **here, void *there);
void switch_begin(void);

/* clang-format off */
__asm__(
	".text\n"
	".globl switch_raw\n"
	".hidden switch_raw\n"
	".type switch_raw, @function\n"
	"switch_raw:\n"
	"	.cfi_startproc\n"
	"	endbr64\n"
	"	pushq %rbp\n"
	"	pushq %rbx\n"
	"	pushq %r12\n"
	"	pushq %r13\n"
	"	pushq %r14\n"
	"	pushq %r15\n"
	"	subq $8, %rsp\n"
	"	stmxcsr (%rsp)\n"
	"	fnstcw 4(%rsp)\n"
	"	movq %rsp, (%rdi)\n"
	"	movq %rsi, %rsp\n"
	"	ldmxcsr (%rsp)\n"
	"	fldcw 4(%rsp)\n"
	"	addq $8, %rsp\n"
	"	popq %r15\n"
	"	popq %r14\n"
	"	popq %r13\n"
	"	popq %r12\n"
	"	popq %rbx\n"
	"	popq %rbp\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size switch_raw, . - switch_raw\n"
	/* The first function of a stack: r12 is what to call, r13 with what. */
	".globl switch_begin\n"
	".hidden switch_begin\n"
	".type switch_begin, @function\n"
	"switch_begin:\n"
	"	.cfi_startproc\n"
	"	.cfi_undefined rip\n"
	"	endbr64\n"
	"	movq %r13, %rdi\n"
	"	callq *%r12\n"
	"	ud2\n"
	"	.cfi_endproc\n"
	".size switch_begin, . - switch_begin\n"
);
/* clang-format on */

void
switch_make(struct place *p, void *stack, size_t size, void (*fn)(void *),
    void *arg)
{
	uintptr_t top = ((uintptr_t)stack + size) & ~(uintptr_t)15;
	struct frame *f = (struct frame *)(top - sizeof(*f));

	/* As the ABI has them at the start of a program. */
	*f = (struct frame){ .mxcsr = 0x1f80,
		.x87 = 0x037f,
		.r12 = (void *)fn,
		.r13 = arg,
		.back = (void *)switch_begin };
	p->stack = f;
}

void
switch_to(struct place *here, struct place *there)
{
	switch_raw(&here->stack, there->stack);
}

#else

/* makecontext passes ints: pointers come in halves. */
static void
begin(unsigned int fn_high, unsigned int fn_low, unsigned int arg_high,
    unsigned int arg_low)
{
	void (*fn)(void *);

	fn = (void (*)(void *))((uintptr_t)fn_high << 32 | fn_low);
	fn((void *)((uintptr_t)arg_high << 32 | arg_low));
}

void
switch_make(struct place *p, void *stack, size_t size, void (*fn)(void *),
    void *arg)
{
	uint64_t f = (uintptr_t)fn, a = (uintptr_t)arg;

	getcontext(&p->context);
	p->context.uc_stack.ss_sp = stack;
	p->context.uc_stack.ss_size = size;
	p->context.uc_link = NULL;
	makecontext(&p->context, (void (*)(void))begin, 4,
	    (unsigned int)(f >> 32), (unsigned int)f, (unsigned int)(a >> 32),
	    (unsigned int)a);
}

void
switch_to(struct place *here, struct place *there)
{
	swapcontext(&here->context, &there->context);
}

#endif
