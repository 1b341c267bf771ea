package config

import "publish/internal/tree"

func text[T any](name string, field func(T) *string) value[T] {
	return value[T]{func(d *decoder, n *tree.Node, v T) {
		if s, ok := d.text(n, name); ok {
			*field(v) = s
		}
	}, plainText}
}

func texts[T any](name string, field func(T) *[]string) value[T] {
	return value[T]{func(d *decoder, n *tree.Node, v T) {
		*field(v) = d.texts(n, name)
	}, manyOf(plainText)}
}

func number[T any](name string, field func(T) *int, least int) value[T] {
	return value[T]{func(d *decoder, n *tree.Node, v T) {
		if i, ok := d.number(n, name, least); ok {
			*field(v) = i
		}
	}, numberFrom(least)}
}

func choice[T any](name string, field func(T) *string, words ...string) value[T] {
	return value[T]{func(d *decoder, n *tree.Node, v T) {
		if s, ok := d.choice(n, name, words...); ok {
			*field(v) = s
		}
	}, oneOf(words...)}
}

func choices[T any](name string, field func(T) *[]string, words ...string) value[T] {
	return value[T]{func(d *decoder, n *tree.Node, v T) {
		*field(v) = d.choices(n, name, words...)
	}, manyOf(oneOf(words...))}
}

func address(name string, field func(*Config) *string, schemes ...string) value[*Config] {
	return value[*Config]{func(d *decoder, n *tree.Node, c *Config) {
		if s, ok := d.address(n, name, schemes...); ok {
			*field(c) = s
		}
	}, addressOf(schemes...)}
}

func folder(name string, field func(*Config) *string) value[*Config] {
	return value[*Config]{func(d *decoder, n *tree.Node, c *Config) {
		if s, ok := d.folder(n, name); ok {
			*field(c) = s
		}
	}, folderShape}
}

// mapping is one whose keys settle fields of the configuration themselves.
func mapping(name string, table []key[*Config]) value[*Config] {
	return value[*Config]{func(d *decoder, n *tree.Node, c *Config) {
		readMapping(d, n, name, table, c)
	}, mappingOf(table)}
}
