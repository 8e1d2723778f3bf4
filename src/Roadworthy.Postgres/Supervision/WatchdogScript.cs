namespace Roadworthy.Postgres.Supervision;

/// <summary>
/// The watchdog: a POSIX shell that runs the server's programs as its account, takes commands on stdin, and when stdin closes, as it
/// does when its owner dies in whatever way, stops the server and deletes a throwaway folder.
/// </summary>
internal static class WatchdogScript
{
    /// <summary>Stands in the process list, and after the script in its arguments.</summary>
    public const string Name = "roadworthy-postgres-watchdog";

    /// <summary>Begins the name of a cluster that is being made. No user's file is called so: what is left of one is deleted.</summary>
    public const string DraftPrefix = "roadworthy-init.";

    public const string Hello = "hello";

    public const string Done = "done ";

    public const string Text =
        """
        # Ctrl-C goes to every process of the terminal, but the owner may need the server for its own ending. A lost reader must
        # not end the watchdog either.
        trap '' INT HUP TERM PIPE
        folder=$1 bin=$2 options=$3 fate=$4
        shift 4
        data=$folder/data
        own=
        exec 2>&1

        # A live process that works in the data folder. Its id alone may have been given to another process since.
        is_server() {
          [ -n "$1" ] && kill -0 "$1" 2>/dev/null || return 1
          if [ -d /proc/self/cwd ]; then
            [ "$(readlink "/proc/$1/cwd")" = "$data" ]
          else
            case "$(ps -ww -o command= -p "$1")" in *postgres*"$data"*) ;; *) return 1 ;; esac
          fi
        }

        current() {
          now=
          [ -r "$data/postmaster.pid" ] && read -r now < "$data/postmaster.pid"
        }

        stop_server() {
          "$bin/pg_ctl" stop -s -m fast -t 20 -D "$data" >/dev/null 2>&1 && return
          # It may have died by itself meanwhile, and cannot be stopped then.
          ! is_server "$1" || "$bin/pg_ctl" stop -s -m immediate -t 20 -D "$data" || ! is_server "$1"
        }

        initialise() {
          rm -rf "$folder"/roadworthy-init.*
          printf '%s\n' "$password" | "$bin/initdb" -D "$folder/roadworthy-init.$$" --pwfile=/dev/stdin "$@" >/dev/null || return 1
          [ ! -e "$data" ] && mv "$folder/roadworthy-init.$$" "$data"
        }

        reclaim() {
          current
          ! is_server "$now" || stop_server "$now"
        }

        # The server takes the id of any live process of its account in postmaster.pid for another server. A dead one it sees
        # through by itself, and then uses the file to clean up shared memory.
        start() {
          current
          if [ -n "$now" ] && kill -0 "$now" 2>/dev/null && ! is_server "$now"; then rm -f "$data/postmaster.pid"; fi
          said=$("$bin/pg_ctl" start -s -w -t "$2" -D "$data" -l "$folder/server.log" -o "-p $1 $options" 2>&1 </dev/null)
          status=$?
          echo "$said"
          # One that is slow is ours all the same. Any other failure may mean that someone else's server runs there.
          case "$status $said" in 0* | *"did not start in time"*) current; own=$now ;; esac
          return $status
        }

        # Only the server that this watchdog started: not one that came after it.
        stop() {
          [ -n "$own" ] || return 0
          current
          if [ "$now" = "$own" ] && is_server "$own"; then stop_server "$own" || return 1; fi
          own=
        }

        echo "$$ $PPID" > "$folder/watchdog" || exit 1
        [ ! -f "$folder/server.log" ] || mv -f "$folder/server.log" "$folder/server.previous.log"
        echo hello
        while read -r command argument; do
          case $command in
            init) password=$argument; initialise "$@" ;;
            reclaim) reclaim ;;
            start) start $argument ;;
            stop) stop ;;
            *) echo "unknown command $command"; false ;;
          esac
          echo "done $?"
        done

        stop
        if [ "$fate" = discard ]; then
          # A killed server's processes may write for a moment longer.
          for attempt in 1 2 3 4 5 6 7 8 9 10; do
            rm -rf "$folder" 2>/dev/null && break
            sleep 0.2
          done
        else
          rm -f "$folder/watchdog"
        fi
        """;
}
