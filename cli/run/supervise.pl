#!/usr/bin/perl
# What stands around the command of `watchfloor run`. In Perl, because it must cost a job some milliseconds: Node alone
# takes 40 to 100 ms to start. It starts the command first, sends nothing itself, and touches neither network nor disk
# before the command runs, but for the lock of --no-overlap. What happened goes into the spool; a courier (Node, in the background) delivers from there.
# Core Perl without modules, so that perl-base is enough. supervise.ts does the same where there is no Perl.
use strict;

# Given: the program itself, a Node, what it runs for a courier, then the arguments as they stood after `watchfloor`.
my ($program, $node, $script, @given) = @ARGV;
shift @given;
my @args = @given;
my ($wait, $capture, $overlaps, $limit, $timeout, $beat) = (0, 1, 1, '', 0, 300);
while (@args and $args[0] =~ /^-/) {
  my $option = shift @args;
  if    ($option =~ /^--wait(?:=(\d{1,4}))?$/) { $wait = defined $1 ? $1 : 10 }
  elsif ($option eq '--no-output')             { $capture = 0 }
  elsif ($option eq '--no-overlap')            { $overlaps = 0 }
  elsif ($option =~ /^--wrapped(?:=shell)?$/)  { }
  elsif ($option =~ /^--heartbeat(?:=(.*))?$/s) {
    my $given = defined $1 ? $1 : shift @args;
    $beat = seconds($given) || (defined $given && $given eq '0' ? 0 : hand_over());
  }
  elsif ($option =~ /^--timeout(?:=(.*))?$/s)  { $timeout = seconds($limit = defined $1 ? $1 : shift @args) or hand_over() }
  else                                         { hand_over() }
}
my $job = shift @args;
hand_over() unless defined $job and length $job and @args > 1 and shift @args eq '--';

# Help and wrong usage are explained by the program itself.
sub hand_over { $ENV{WATCHFLOOR_SUPERVISOR} = 'node'; exec { $program } $program, 'run', @given; exit 2 }

# 90, 90s, 30m, 2h, 1d
sub seconds {
  my ($given) = @_;
  return 0 unless defined $given and $given =~ /^([1-9]\d{0,5})([smhd]?)$/;
  return $1 * { '' => 1, s => 1, m => 60, h => 3600, d => 86_400 }->{$2};
}

my ($KEPT, $NEWS, $GRACE) = (5_000_000, 2_000, 5);
my $given = $ENV{WATCHFLOOR_OUTPUT_MB} // '';
$KEPT = int($given * 1e6) if $given =~ /^(?:\d{1,2}(?:\.\d+)?|100)$/ and $given > 0;
my ($tail, $fresh, $run, $status, %used) = ('', 0, uuid(), 0);
my ($eintr, $eagain, $enoent, $enotdir) = (4, 11, 2, 20);

# A descriptor that the caller closed must not become one end of our pipes.
for my $fd (0 .. 2) {
  if (open my $copy, '<&', $fd) { close $copy }
  else { open +(\*STDIN, \*STDOUT, \*STDERR)[$fd], '+<', '/dev/null' }
}

my $lock;
if (my $other = $overlaps ? undef : locked()) {
  my ($pid, $its) = @$other;
  print STDERR "watchfloor: $job is still running (process $pid), so this run does not start.\n";
  # It is told on the run that goes on.
  $run = $its if $its =~ /^[0-9a-f-]{36}$/;
  umask 077;
  my $met = record('log', "Another run of it was to start here, and did not: this one (process $pid) was still going on.\n");
  see_off(courier($met, keep($met), 1));
  exit 0;
}

# Where both go to the same place, one pipe keeps their order exactly.
my $together = join(':', (stat STDOUT)[0, 1]) eq join(':', (stat STDERR)[0, 1]);
my ($out, $out_in, $err, $err_in);
if ($capture) {
  pipe $out, $out_in;
  pipe $err, $err_in unless $together;
}

my @forwarded = grep { !defined $SIG{$_} or $SIG{$_} ne 'IGNORE' } qw(INT TERM HUP QUIT USR1 USR2);
my ($child, %got) = (0);
my %before = map { $_ => defined $SIG{$_} && $SIG{$_} eq 'IGNORE' ? 'IGNORE' : 'DEFAULT' } @forwarded, 'PIPE', 'CHLD', 'ALRM';
for my $name (@forwarded) { $SIG{$name} = sub { $child ? pass_on($name) : ($got{$name} = 1) } }
$SIG{CHLD} = sub { };
my ($ended, $overdue, $number) = (0, 0);

$child = fork;
if (!defined $child) { $child = 0; print STDERR "watchfloor: no process can be started: $!\n"; exit 126 }
if (!$child) {
  $SIG{$_} = $before{$_} for keys %before;
  # What it has started must end with it, and its caller must not.
  setpgrp 0, 0 if $timeout;
  if ($capture) {
    open STDOUT, '>&', $out_in;
    open STDERR, '>&', $together ? $out_in : $err_in;
  }
  exec { $args[0] } @args;
  my $code = $! + 0;
  print STDERR "watchfloor: $args[0]: $!\n";
  exit($code == $enoent || $code == $enotdir ? 127 : 126);
}
if ($timeout) {
  eval { setpgrp $child, $child };
  $SIG{ALRM} = \&end_overdue;
  alarm $timeout;
}
pass_on($_) for keys %got;
syswrite $lock, "$child " . began($child) . " $run\n" if $lock;
$SIG{PIPE} = 'IGNORE';
close $_ for grep { defined } $out_in, $err_in;
umask 077;

# A command that is over in a moment needs no courier of its own for its start: the one of its end takes both.
my $start = record('start', '');
my $began = uptime();
my $kept = keep($start);
my $started_by = $kept && $began ne '' ? undef : courier($start, $kept, 0);

my %open = map { fileno($_->[0]) => $_ } grep { defined $_->[0] } [$out, \*STDOUT], [$err, \*STDERR];
my ($nap, $quiet, $looks, $beaten, @beats) = (0.001, 0, 0, time);
until ($ended and !%open) {
  $ended = reap() unless $ended;
  if (defined $started_by) { waitpid $started_by, 1 if $started_by }
  elsif (!$ended and uptime() - $began > 0.1) { $started_by = courier($start, 1, 0) }
  if (!$ended and $beat and time - $beaten >= $beat) {
    $beaten = time;
    @beats = grep { $_ and waitpid($_, 1) == 0 } @beats;
    # That it still runs, and the end of what it has printed since.
    my $most = $fresh < $NEWS ? $fresh : $NEWS;
    my $news = record('log', $most ? substr $tail, -$most : '');
    $fresh = 0;
    push @beats, courier($news, keep($news), 0);
  }
  if (%open) {
    # The time-outs are a net: a signal between the look and the wait would be noticed late, never not at all.
    my $seen = relay($ended ? 0.05 : defined $started_by ? 0.5 : 0.1);
    next unless $ended;
    $quiet = $seen ? 0 : $quiet + 1;
    last if $quiet > 5 or ++$looks > 1000;
  }
  elsif (!$ended) {
    select undef, undef, undef, $nap;
    $nap *= 2 if $nap < 0.25;
  }
}

if ($overdue) {
  for (1 .. $GRACE * 20) { last if $overdue > 1 or !kill 0, -$child; select undef, undef, undef, 0.05 }
  kill 'KILL', -$child;
  my $words = "it ran longer than $limit and was stopped.\n";
  print STDERR "watchfloor: $words";
  ($status, $tail) = (124, $tail . ($tail =~ /[^\n]\z/ ? "\n" : '') . "watchfloor: $words");
}

# Something that the command left behind still holds its output: that goes on, in the background.
if (%open) {
  my $rest = fork;
  if (defined $rest and !$rest) { close $lock if $lock; $SIG{$_} = 'IGNORE' for 'HUP', 'INT'; relay(undef) while %open; exit 0 }
}

if ($lock) { truncate $lock, 0; close $lock }
my $end = record('finish', $tail);
see_off(courier($end, keep($end), 1));
exit $status;

sub see_off {
  my ($told) = @_;
  return unless $wait and $told;
  for (1 .. ($wait + 5) * 20) { last if waitpid($told, 1) == $told; select undef, undef, undef, 0.05 }
}

# Asks the command and all that it has started to end, and soon after makes them.
sub end_overdue {
  return if $ended;
  kill $overdue++ ? 'KILL' : 'TERM', -$child;
  kill 'CONT', -$child;
  alarm $GRACE;
}

# One run of a job at a time. The process and the run that are at it, if there are any; else the lock is ours until we
# end. The kernel frees the lock of one of us that was killed; that its command may still run stands in the file.
sub locked {
  my $folder = spool();
  (my $name = substr $job, 0, 60) =~ s/([^\w.-])/sprintf '%%%02x', ord $1/ge;
  mkdir "$folder/locks", 0700 if $folder;
  if (!$folder or !open $lock, '+>>', "$folder/locks/$name.lock") {
    print STDERR "watchfloor: no lock can be had: $!. The job runs all the same.\n";
    return $lock = undef;
  }
  my $free = flock $lock, 2 | 4;
  my $line = '';
  seek $lock, 0, 0;
  sysread $lock, $line, 200;
  my ($pid, $since, $its) = (split(' ', $line), ('?') x 3);
  return [$pid, $its] if !$free or $since =~ /^\d+$/ and began($pid) eq $since;
  truncate $lock, 0;
  return undef;
}

# When a process that lives began, as the kernel counts it: with its number the name of a process.
sub began {
  my ($pid) = @_;
  my $line = '';
  if (open my $stat, '<', "/proc/$pid/stat") { $line = <$stat>; close $stat }
  return $line =~ /^.*\) [^ZX] (?:\S+ ){18}(\d+) /s ? $1 : '?';
}

# Whether the command has ended: how, and what it took. wait4 tells that of the command alone, without the couriers.
sub reap {
  my ($how, $usage) = (pack('i', 0), "\0" x 256);
  my $wait4 = wait4_number();
  my $got = $wait4 ? syscall $wait4, $child, $how, 1, $usage : 0;
  if ($wait4 and $got < 0 and $! != $eintr) { $number = 0; return reap() }
  return 0 unless $wait4 ? $got == $child : waitpid($child, 1) == $child;
  if ($wait4) {
    my ($user, $user_us, $system, $system_us, $peak) = unpack 'l!5', $usage;
    %used = (cpu_ms => int(($user + $system) * 1000 + ($user_us + $system_us) / 1000), peak_kb => $peak);
  }
  $how = $wait4 ? unpack 'i', $how : $?;
  $status = $how & 127 ? 128 + ($how & 127) : $how >> 8;
  return 1;
}

# What the kernel calls wait4 on this machine, which Perl has no name for; 0: it is not known here.
sub wait4_number {
  return $number if defined $number;
  my $arch = $^O eq 'linux' && eval { require Config } ? $Config::Config{archname} : '';
  my %number = (x86_64 => 61, aarch64 => 260, riscv64 => 260, i386 => 114, i486 => 114, i586 => 114, i686 => 114, s390x => 114);
  return $number = $arch =~ /^([^-]+)-/ && $number{$1} || 0;
}

# A signal from the terminal reaches the whole group of processes; the command must not get it twice.
sub pass_on {
  my ($name) = @_;
  if ($name eq 'INT' or $name eq 'QUIT') {
    my $line = '';
    if (open my $stat, '<', '/proc/self/stat') { $line = <$stat>; close $stat }
    return if $line =~ /^.*\) \S+ \S+ (\d+) \S+ \S+ (-?\d+) /s and $1 eq $2 and getpgrp($child) == $1;
  }
  # From a terminal it would have reached what the command has started, too, if they were in the group of their caller.
  kill $name, $timeout && $name =~ /^(?:INT|QUIT)$/ ? -$child : $child;
}

# Hands on what is there, and keeps the end of it. False when nothing came in time.
sub relay {
  my ($patience) = @_;
  my $want = '';
  vec($want, $_, 1) = 1 for keys %open;
  my $n = select my $ready = $want, undef, undef, $patience;
  return $n < 0 if $n <= 0;
  for my $fd (keys %open) {
    next unless vec $ready, $fd, 1;
    my ($from, $to) = @{ $open{$fd} };
    my $got = sysread $from, my $bytes, 65_536;
    next if !defined $got and ($! == $eintr or $! == $eagain);
    if ($got and put($to, $bytes)) {
      $tail .= $bytes;
      $fresh += $got;
      substr($tail, 0, length($tail) - $KEPT) = '' if length $tail > $KEPT + 1_000_000;
    }
    # Nobody reads us any more, or there is no room: the command shall learn it as it would without us.
    else { $tail .= $bytes if $got; close $from; delete $open{$fd} }
  }
  return 1;
}

sub put {
  my ($to, $bytes) = @_;
  my $done = 0;
  while ($done < length $bytes) {
    my $n = syswrite $to, $bytes, length($bytes) - $done, $done;
    if (defined $n) { $done += $n; next }
    next if $! == $eintr;
    return 0 if $! != $eagain;
    my $room = '';
    vec($room, fileno $to, 1) = 1;
    select undef, $room, undef, 1;
  }
  return 1;
}

sub uuid {
  my $id = '';
  if (open my $random, '<', '/proc/sys/kernel/random/uuid') { $id = <$random>; close $random; chomp $id }
  return $id if $id =~ /^[0-9a-f-]{36}$/;
  return sprintf '%08x-%04x-4%03x-a%03x-%06x%06x', map { int rand $_ } 2**32, 2**16, 2**12, 2**12, 2**24, 2**24;
}

# Seconds since the machine started, with their hundredths, which `time` has not.
sub uptime {
  my $up = '';
  if (open my $file, '<', '/proc/uptime') { $up = <$file>; close $file }
  return $up =~ /^([\d.]+)/ ? $1 : '';
}

sub record {
  my ($kind, $words) = @_;
  (my $name = $job) =~ s/[\r\n]/ /g;
  my @lines = ('watchfloor 1', "kind $kind", 'id ' . uuid(), "run $run", "job $name", 'at ' . time, 'up ' . uptime());
  push @lines, "url $ENV{WATCHFLOOR_URL}" if $ENV{WATCHFLOOR_URL} and $ENV{WATCHFLOOR_URL} !~ /[\r\n]/;
  push @lines, "status $status", map { "$_ $used{$_}" } sort keys %used if $kind eq 'finish';
  my $end = substr $words, length $words > $KEPT ? -$KEPT : 0;
  return { kind => $kind, at => time, text => join("\n", @lines) . "\n\n" . $end };
}

# The folder in which pings wait; others of this machine must not be able to read outputs or to put something there.
sub spool {
  my $state = $ENV{XDG_STATE_HOME} || ($ENV{HOME} ? "$ENV{HOME}/.local/state" : '');
  my $folder = $ENV{WATCHFLOOR_SPOOL} || ($state ? "$state/watchfloor/spool" : "/var/tmp/watchfloor-$>/spool");
  return $folder if -d $folder and -O _;
  my $path = '';
  for my $part (split m{(?<=/)}, $folder) { $path .= $part; mkdir $path, 0700 unless -d $path }
  return -d $folder && -O _ ? $folder : undef;
}

sub keep {
  my ($record) = @_;
  my $folder = spool() or return 0;
  my $order = { start => '1start', log => '2log-' . substr(uuid(), 0, 8), finish => '3finish' }->{ $record->{kind} };
  my ($new, $name) = ("$folder/.new-$run-$order", sprintf '%s/%012d-%s-%s.ping', $folder, $record->{at}, $run, $order);
  open my $file, '>', $new or return 0;
  my $kept = print {$file} $record->{text};
  $kept = close($file) && $kept;
  return 1 if $kept and rename $new, $name;
  unlink $new;
  return 0;
}

# In the background, with none of the caller's descriptors: a lock that he holds ends with the command, not with us.
# We go on when they are closed; the last of them says so.
sub courier {
  my ($record, $kept, $at_the_end) = @_;
  return 0 unless $node;
  pipe my $closed, my $closing or return 0;
  my $pid = fork;
  return 0 unless defined $pid;
  if ($pid) {
    close $closing;
    1 until defined sysread($closed, my $nothing, 1) or $! != $eintr;
    return $pid;
  }
  $SIG{$_} = 'IGNORE' for 'HUP', 'INT', 'QUIT', 'TERM';
  setpgrp 0, 0;
  eval { setpriority 0, 0, 5 };
  open STDIN, '<', '/dev/null';
  open STDOUT, '>', '/dev/null';
  open STDERR, '>', '/dev/null' unless $at_the_end and $wait;
  if (opendir my $fds, '/proc/self/fd') {
    for my $fd (grep { /^\d+$/ and $_ > 2 and $_ != fileno $closing } readdir $fds) {
      my $copy;
      close $copy if open $copy, '<&=', $fd;
    }
  }
  close $closing;
  my @command = ($node, $script, 'spool', 'deliver', '--for', $at_the_end && $wait ? ($wait, '--run', $run) : 5);
  exec { $node } @command if $kept;
  # No room on the disk: the courier gets it from hand to hand.
  my $hand;
  if (!$kept and open $hand, '|-', @command, '--stdin') { print {$hand} $record->{text}; close $hand }
  exit 0;
}
