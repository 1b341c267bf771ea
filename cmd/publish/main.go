// Command publish turns a folder of postmortems into a web site.
//
// The commands have a file each; load.go is what they share, from the
// configuration to the route table: read it first.
package main

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"publish/internal/bug"
	"publish/internal/spill"
)

func main() {
	collections := spareCollections(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	p := &program{
		stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, clock: time.Now,
		colorOut: isTerminal(os.Stdout), colorErr: isTerminal(os.Stderr),
		collections: collections,
	}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is the outside world, so that the whole of it runs inside a test.
type program struct {
	stdout, stderr     io.Writer
	getenv             func(string) string
	clock              func() time.Time
	colorOut, colorErr bool // whether a person sits at the other end
	// texts takes what the reports of a site say that is read once; nil leaves that
	// in memory.
	texts *spill.File
	// collections are those of garbage; nil leaves them to Go.
	collections *collections
}

// heldTexts is how many bytes of texts stay in memory: those of some forty reports.
const heldTexts = 1 << 20

// Exit statuses.
const (
	exitGood    = 0
	exitContent = 1 // the content has errors
	exitUsage   = 2 // wrong usage or configuration
	exitMachine = 3 // disk, network, a port asked for by hand, an interruption
)

// run executes one command line and gives the exit status.
func (p *program) run(ctx context.Context, args []string) (code int) {
	stdout, stderr := &sink{w: p.stdout}, &sink{w: p.stderr}
	p.stdout, p.stderr = stdout, stderr
	if p.inRunner() {
		p.stderr = &runnerLog{w: stderr}
	}
	defer func() {
		if found := recover(); found != nil {
			code = p.report(mistaken(bug.Of(found)))
		}
	}()
	if p.texts == nil {
		p.texts = spill.New(heldTexts)
	}
	defer p.texts.Close()
	root := p.command(args)
	root.SetArgs(args)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := oneDash(root, args)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	code = p.report(err)
	if err := cmp.Or(stdout.lost(), stderr.lost()); err != nil {
		return p.report(machinef("", "what was to be printed is lost: %w", err))
	}
	return code
}
