/** Arithmetic of forms: scaling and adding what has not been named. */
import { number, scaled, sum, type Constant } from '../constant.ts';
import type { Form } from '../form.ts';
import { exactly, one, times, type Scale } from '../scale.ts';
import { noPatches, zeroForm } from '../form.ts';

export function scaleForm(form: Form, scale: Scale): Form {
  if (scale === one) return form;
  if (scale.mid === 0) return zeroForm;
  return {
    parts: form.parts.map((part) => ({ ...part, scale: times(scale, part.scale) })),
    constant: scaled(form.constant, scale),
    patches: form.patches.map((p) => ({ ...p, scale: times(scale, p.scale) })),
  };
}

export function addForms(a: Form, b: Form): Form {
  return {
    parts: [...a.parts, ...b.parts],
    constant: sum(a.constant, b.constant),
    patches: a.patches.length + b.patches.length === 0 ? noPatches : [...a.patches, ...b.patches],
  };
}

export function addConstant(form: Form, constant: Constant): Form {
  return { ...form, constant: sum(form.constant, constant) };
}

export function addNumber(form: Form, value: number): Form {
  return value === 0 ? form : addConstant(form, number(value));
}

export function negateForm(form: Form): Form {
  return scaleForm(form, exactly(-1));
}
