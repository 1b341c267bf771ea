//go:build linux

package hostile

import (
	"encoding/json"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// launching is the variable that makes this program a launcher.
const launching = "PUBLISH_HOSTILE_LAUNCHER"

// ending is what a command came to.
type ending struct {
	Code   int
	Took   time.Duration // of the processor
	Memory int64         // at its peak, in bytes
}

// TestMain starts a command and tells what it cost, if it is asked to: Linux
// counts what a program's starter had in memory as the program's own, and a test
// that has made the texts has much.
func TestMain(m *testing.M) {
	if os.Getenv(launching) == "" {
		os.Exit(m.Run())
	}
	command := exec.Command(os.Args[1], os.Args[2:]...)
	command.Env = environment()
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if os.Getuid() == 0 { // root reads what nobody may read: no case about rights would mean anything
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}}
	}
	e := ending{Code: -1}
	_ = command.Run() // how it ended tells ProcessState
	if state := command.ProcessState; state != nil {
		e.Code, e.Took = state.ExitCode(), state.UserTime()+state.SystemTime()
		if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
			e.Memory = usage.Maxrss << 10
		}
	}
	_ = json.NewEncoder(os.NewFile(3, "tell")).Encode(e)
}

// environment is all that publish sees of this machine's.
func environment() []string {
	return []string{"NO_COLOR=1", "SOURCE_DATE_EPOCH=1795219200", "GOMAXPROCS=2", "PATH=" + os.Getenv("PATH")}
}
