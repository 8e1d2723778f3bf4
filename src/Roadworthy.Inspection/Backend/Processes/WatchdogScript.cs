namespace Roadworthy.Inspection.Backend;

/// <summary>
/// Runs a command in a session of its own, and ends it with everything that it has started when standard input closes: also when the
/// inspection is killed. Its exit code is the command's.
/// </summary>
internal static class WatchdogScript
{
    public const string Name = "roadworthy-backend-watchdog";

    /// <summary>The variable by which whatever the command starts is known, also what has left its session.</summary>
    public const string Marker = "ROADWORTHY_RUN";

    public const string Text =
        """
        # Ctrl-C goes to every process of the terminal; who ends the backend is the inspection.
        trap '' INT HUP TERM PIPE
        marker=$1 command=$2 shell=${3:-/bin/sh}
        exec 3<&0

        started() {
          if [ -d /proc/self ]; then grep -la "ROADWORTHY_RUN=$marker" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3; fi
          ps -A -o pid= -o pgid= 2>/dev/null | while read -r pid group; do [ "$group" = "$child" ] && echo "$pid"; done
        }

        finish() {
          pids=$(started)
          [ -n "$pids" ] || return 0
          kill -TERM $pids 2>/dev/null
          for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
            pids=$(started)
            [ -n "$pids" ] || return 0
            sleep 0.1
          done
          kill -KILL $pids 2>/dev/null
          kill -KILL $(started) 2>/dev/null
        }

        if command -v setsid >/dev/null 2>&1; then
          (trap - INT HUP TERM PIPE; ROADWORTHY_RUN=$marker exec setsid "$shell" -c "$command") </dev/null 3<&- &
        else
          set -m
          (trap - INT HUP TERM PIPE; ROADWORTHY_RUN=$marker exec "$shell" -c "$command") </dev/null 3<&- &
        fi
        child=$!
        (cat <&3; finish) >/dev/null 2>&1 &
        exec 3<&-
        wait $child
        exit $?
        """;
}
