package facts

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

func (w *writer) schema(t *tree) *yaml.Node {
	node := mapping()
	kind := t.value(Type)
	putText(node, "title", t.value(Title))
	w.prose(node, t, Text, "description", "x-text")
	putText(node, "type", kind)
	for _, aspect := range append([]Aspect{Format}, Constraints...) {
		if t.has(aspect) {
			put(node, string(aspect), constraint(aspect, t.value(aspect)))
		}
	}
	putFlags(node, t, Nullable, Deprecated)
	if t.has(Enum) {
		values := sequence()
		for _, value := range Texts(t.value(Enum)) {
			values.Content = append(values.Content, typed(value, kind))
		}
		put(node, "enum", values)
	}
	if t.has(Default) {
		put(node, "default", typed(t.value(Default), kind))
	}
	if t.has(Examples) {
		put(node, "examples", inList(t.value(Examples), kind))
	}
	if t.has(Example) && !(w.valid && t.has(Examples)) {
		put(node, "example", typed(t.value(Example), kind))
	}
	if t.has(Composed) {
		put(node, "x-composed", flag(true))
	}
	putText(node, "x-uncertain", t.value(Uncertain))
	writeKeywords(node, t, InSchema, Nowhere)
	w.inside(node, t, kind)
	return node
}

func (w *writer) inside(node *yaml.Node, t *tree, kind string) {
	properties, required := mapping(), []string{}
	for _, property := range t.only(StepProperty) {
		if property.has(Required) {
			required = append(required, property.step.Name)
			if len(property.facts)+len(property.children) == 1 { // an error in the document: nothing else is known about it
				continue
			}
		}
		put(properties, property.step.Name, w.schema(property))
	}
	required = append(required, Texts(t.value(otherRequired))...)
	if len(required) > 0 {
		put(node, "required", flow(required))
	}
	if len(properties.Content) > 0 {
		put(node, "properties", properties)
	}
	for _, values := range t.only(StepValues) {
		put(node, "additionalProperties", w.schema(values))
	}
	items := t.only(StepItems)
	for _, item := range items {
		put(node, "items", w.schema(item))
	}
	if kind == "array" && len(items) == 0 {
		put(node, "items", mapping())
	}
	if variants := t.only(StepVariant); len(variants) > 0 || t.has(Union) {
		slices.SortStableFunc(variants, func(a, b *tree) int {
			if len(a.step.Name) != len(b.step.Name) {
				return len(a.step.Name) - len(b.step.Name)
			}
			return strings.Compare(a.step.Name, b.step.Name)
		})
		list := sequence()
		for _, variant := range variants {
			list.Content = append(list.Content, w.schema(variant))
		}
		put(node, t.value(Union), list)
	}
}
