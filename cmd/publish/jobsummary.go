package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"publish/internal/plainfile"
)

// maxSummary is how much of a summary is written, in bytes. GitHub takes 1 MiB
// of a step and shows nothing at all of one that has more.
const maxSummary = 512 << 10

// summarize appends what a deploy would change to the summary of the job, where
// GitHub Actions asks for one. It is the text of the terminal in a block of code,
// in which nothing that other sites say is a mark, a link or a picture.
func (p *program) summarize(c *difference) error {
	name := p.getenv("GITHUB_STEP_SUMMARY")
	if name == "" || !p.inRunner() {
		return nil
	}
	var text bytes.Buffer
	c.printText(&text, &flags{})
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY|plainfile.AtOnce, 0o644)
	if err != nil {
		return machinef("", "the summary of the job cannot be written: %w", err)
	}
	_, err = file.WriteString(jobSummary(text.String()))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return machinef("", "the summary of the job cannot be written: %w", err)
	}
	return nil
}

// jobSummary puts a text into a block of code that none of its lines can end.
func jobSummary(text string) string {
	if len(text) > maxSummary {
		text = text[:strings.LastIndexByte(text[:maxSummary], '\n')+1] + "… and more: the log of the step has all of it\n"
	}
	longest, run := 2, 0
	for i := range len(text) {
		run++
		if text[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	return fmt.Sprintf("\n## What a deploy would change\n\n%sdiff\n%s%s\n", fence, text, fence)
}
